using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.Ticketing.Features.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>
/// Moves the stored clocks of a ticket that the caller has locked (or has just made). What it changes is saved with the
/// caller's transaction; the changes it returns are to be announced in it. One per scope: it remembers the books it has opened.
/// </summary>
internal sealed class Clockwork(TicketingDbContext db, SlaCatalog catalog, ClockAlarm alarm)
{
    /// <summary>Lines that tell an answer to feedback.</summary>
    private static readonly string[] Answers = ["handling_opinion", "plan", "answer"];

    private readonly Dictionary<Guid, Shelf> _shelves = [];

    /// <summary>
    /// A new ticket's clocks: they hold to the versions that were promised at intake, where nobody knew yet which team it would go to. A policy
    /// for that team takes over at once, as if the ticket had come to the team later.
    /// </summary>
    public async Task<IReadOnlyList<ClockChange>> Open(
        Ticket ticket,
        SlaPin pin,
        DateTimeOffset at,
        CancellationToken ct
    )
    {
        var shelf = _shelves[ticket.Id] = new(new(ticket.Id, []), []);
        var terms = await catalog.Pinned(pin, db, ct);
        var facts = ticket.SlaFacts;
        var changes = shelf.Book.Apply(new ClockMove.Opened(), facts, terms, at);
        if (await catalog.MatchFromMemory(facts, db, ct) is { Policy.Policy.Match.Team: not null } ofTeam)
            changes = [.. changes, .. shelf.Book.Apply(new ClockMove.FactsChanged(), facts, ofTeam, at)];
        return Keep(ticket, shelf, changes, at);
    }

    public async Task<IReadOnlyList<ClockChange>> Move(
        Ticket ticket,
        ClockMove move,
        DateTimeOffset at,
        CancellationToken ct
    )
    {
        var facts = ticket.SlaFacts;
        if (move is ClockMove.FactsChanged && facts.IsFeedback)
            facts = facts with { AnsweredAt = await AnsweredAt(ticket, ct) };
        // Where everything is matched anew, a policy that was published a moment ago already counts.
        var terms = move is ClockMove.FactsChanged or ClockMove.Reopened
            ? await catalog.Match(facts, db, ct)
            : await catalog.MatchFromMemory(facts, db, ct);
        var shelf = await Shelved(ticket.Id, ct);
        return Keep(ticket, shelf, shelf.Book.Apply(move, facts, terms, at), at);
    }

    private Task<DateTimeOffset?> AnsweredAt(Ticket ticket, CancellationToken ct) =>
        db
            .Timeline.Where(line => line.TicketId == ticket.Id && Answers.Contains(line.Kind))
            .MinAsync(line => (DateTimeOffset?)line.At, ct);

    /// <summary>For the timer: everything that is due by now. For many, <see cref="Gather"/> them first.</summary>
    public async Task<IReadOnlyList<ClockChange>> FireDue(Ticket ticket, DateTimeOffset now, CancellationToken ct)
    {
        var shelf = await Shelved(ticket.Id, ct);
        return Keep(ticket, shelf, shelf.Book.FireDue(now), now);
    }

    /// <summary>Puts the clocks of a ticket onto the present versions. For many, <see cref="Gather"/> them first.</summary>
    public async Task<Rebase> Rebase(
        Ticket ticket,
        RebaseScope scope,
        string by,
        DateTimeOffset at,
        CancellationToken ct
    )
    {
        var shelf = await Shelved(ticket.Id, ct);
        var rebase = Domain.Sla.Rebase.Of(shelf.Book, scope, ticket.SlaFacts, by, at);
        Keep(ticket, shelf, rebase.Changes, at);
        return rebase;
    }

    /// <summary>Reads the clocks of many tickets in one statement.</summary>
    public async Task Gather(IReadOnlyCollection<Guid> tickets, CancellationToken ct)
    {
        Guid[] missing = [.. tickets.Where(id => !_shelves.ContainsKey(id))];
        var rows = await Stored(db.Clocks.Where(row => missing.Contains(row.TicketId))).ToListAsync(ct);
        var clocks = (await catalog.Restore(rows, db, ct)).ToLookup(clock => clock.TicketId);
        var byTicket = rows.ToLookup(row => row.TicketId);
        foreach (var id in missing)
            _shelves[id] = new(new(id, [.. clocks[id]]), byTicket[id].ToDictionary(row => row.Id));
    }

    private static IQueryable<SlaClockRow> Stored(IQueryable<SlaClockRow> rows) =>
        rows.OrderBy(row => row.StartedAt).ThenBy(row => row.EndedAt).ThenBy(row => row.Id);

    private async ValueTask<Shelf> Shelved(Guid ticketId, CancellationToken ct)
    {
        if (_shelves.TryGetValue(ticketId, out var known))
            return known;
        var rows = await Stored(db.Clocks.Where(row => row.TicketId == ticketId)).ToDictionaryAsync(row => row.Id, ct);
        var clocks = await catalog.Restore(rows.Values, db, ct);
        return _shelves[ticketId] = new(new(ticketId, clocks), rows);
    }

    private IReadOnlyList<ClockChange> Keep(
        Ticket ticket,
        Shelf shelf,
        IReadOnlyList<ClockChange> changes,
        DateTimeOffset at
    )
    {
        foreach (var clock in shelf.Book.Clocks.Where(clock => clock.IsChanged))
        {
            if (shelf.Rows.TryGetValue(clock.Id, out var row))
            {
                row.Take(clock);
                continue;
            }
            row = SlaClockRow.Of(clock);
            shelf.Rows.Add(clock.Id, row);
            db.Clocks.Add(row);
        }
        db.Steps.AddRange(changes.Select(change => SlaStepRow.Of(change, at)).OfType<SlaStepRow>());

        var open = shelf.Book.Clocks.Where(clock => clock.IsOpen).ToList();
        ticket.Note(shelf.Book.Clocks.Any(clock => clock.IsJudged), open.Min(clock => clock.DueAt));
        if (open.Min(clock => clock.NextStepAt) is { } next)
            db.AfterCommit(() => alarm.RingFor(next));
        return changes;
    }

    /// <summary>A ticket's book and the rows that it is kept in.</summary>
    private sealed record Shelf(ClockBook Book, Dictionary<Guid, SlaClockRow> Rows);
}
