using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>The way every command on a ticket takes: lock it, decide, tell the clocks, store and announce in one transaction.</summary>
internal sealed partial class Desk(
    TicketingDbContext db,
    Climb climb,
    Alarms alarms,
    LinkTokens links,
    IOptions<TicketOptions> options,
    TimeProvider time,
    ILogger<Desk> log
)
{
    public DateTimeOffset Now => Instants.Truncate(time.GetUtcNow());

    /// <summary>Runs a person's command and answers with the ticket as it then is.</summary>
    /// <param name="status">200, or 201 where the command adds something to the ticket.</param>
    public Task<Results<JsonHttpResult<TicketView>, ProblemHttpResult>> Command(
        HttpContext http,
        string number,
        int status,
        Func<Ticket, Order, CancellationToken, Task<Decision>> decide,
        CancellationToken ct
    ) => Command(http, number, status, tickets => tickets.VisibleTo(http.User.Caller()), decide, View, ct);

    /// <summary>Runs a person's command on a ticket that they may see, and answers with what they are to see of it.</summary>
    public async Task<Results<JsonHttpResult<TView>, ProblemHttpResult>> Command<TView>(
        HttpContext http,
        string number,
        int status,
        Func<IQueryable<Ticket>, IQueryable<Ticket>> visible,
        Func<Ticket, Order, CancellationToken, Task<Decision>> decide,
        Func<Ticket, CancellationToken, Task<TView>> view,
        CancellationToken ct
    )
    {
        var caller = http.User.Caller();
        return await db.InTransaction<Results<JsonHttpResult<TView>, ProblemHttpResult>>(
            async token =>
            {
                var ticket = await db.LockedTicket(number, visible, token);
                if (ticket is null)
                    return Problem.NotFound();
                if (OtherVersion(http, ticket) is { } stale)
                    return stale;
                if (await Do(ticket, caller.Subject, decide, token) is { } refusal)
                    return Refused(refusal);
                http.SetETag(ticket.RowVersion);
                if (status == StatusCodes.Status201Created)
                    http.Response.Headers.Location = $"/v1/tickets/{number}/timeline";
                await db.SaveChangesAsync(token);
                return TypedResults.Json(await view(ticket, token), statusCode: status);
            },
            ct
        );
    }

    /// <inheritdoc cref="Command(HttpContext, string, int, Func{Ticket, Order, CancellationToken, Task{Decision}}, CancellationToken)"/>
    public Task<Results<JsonHttpResult<TicketView>, ProblemHttpResult>> Command(
        HttpContext http,
        string number,
        int status,
        Func<Ticket, Order, Decision> decide,
        CancellationToken ct
    ) => Command(http, number, status, (ticket, order, _) => Task.FromResult(decide(ticket, order)), ct);

    /// <summary>What the holder of a status link does. Not known: there is no ticket yet.</summary>
    public async Task<(bool Known, Refusal? Refusal)> Customer(
        Guid requestId,
        Func<Ticket, Order, Decision> decide,
        CancellationToken ct
    )
    {
        if (await db.LockedTicketOf(requestId, ct) is not { } ticket)
            return (false, null);
        var refusal = await Do(
            ticket,
            Announcement.Customer,
            (locked, order, _) => Task.FromResult(decide(locked, order)),
            ct
        );
        return (true, refusal);
    }

    /// <summary>Decides on a locked ticket; what comes of it is stored and announced with the caller's transaction.</summary>
    public async Task<Refusal?> Do(
        Ticket ticket,
        string by,
        Func<Ticket, Order, CancellationToken, Task<Decision>> decide,
        CancellationToken ct
    )
    {
        var at = ticket.At(Now);
        // A pause that was agreed to end before now has ended then, whether or not the timer has come round to it.
        await Record(ticket, Announcement.System, ticket.ResumeWhenDue(at), ticket.ChangedAt, ct);
        var decision = await decide(ticket, new(by, at), ct);
        if (decision.Refusal is { } refusal)
        {
            Log.Refused(log, ticket.Number, refusal.Code, ticket.Status);
            return refusal;
        }

        await Record(ticket, by, decision, at, ct);
        return null;
    }

    /// <summary>Stores and announces a decision.</summary>
    public async Task Record(Ticket ticket, string by, Decision decision, DateTimeOffset at, CancellationToken ct)
    {
        if (decision.Happenings.Count == 0)
            return;
        var story = new Announcement(ticket, by, at);
        story.Happenings(decision.Happenings);
        story.Happenings(
            ticket
                .Watch(decision.Happenings, options.Value.Vigilance, at)
                .Select(signal => new Happening.Signalled(signal))
        );
        if (decision.Move(ticket, by) is { } move)
            await Tell(story, move, at, ct);
        story.Into(db);
        alarms.RingFor(db, decision);
        // Whoever was given it by a person is not idle either.
        if (ticket.Assignee is { } agent && decision.Happenings.Any(WasByHand))
            await db.NoteGiven(new Dictionary<string, DateTimeOffset> { [agent] = at }, ct);
    }

    private static bool WasByHand(Happening happening) =>
        happening is Happening.Assigned { Kind: not TimelineEntry.Automatic };

    /// <summary>Moves the clocks and tells what came of it.</summary>
    public Task Tell(Announcement story, ClockMove move, DateTimeOffset at, CancellationToken ct) =>
        climb.Move(story, move, at, ct);

    /// <summary>The ticket with its words, as the API shows it.</summary>
    public async Task<TicketView> View(Ticket ticket, CancellationToken ct) => (await Views([ticket], ct))[0];

    /// <summary>The same for many.</summary>
    public async Task<IReadOnlyList<TicketView>> Views(IReadOnlyCollection<Ticket> tickets, CancellationToken ct)
    {
        var ids = tickets.Select(ticket => ticket.Id).ToArray();
        var words = await db
            .Notes.AsNoTracking()
            .Where(note => ids.Contains(note.TicketId) && note.Kind == NoteKind.Description)
            .ToDictionaryAsync(note => note.TicketId, ct);
        var marks = await db.Marks.AsNoTracking().Where(mark => ids.Contains(mark.TicketId)).ToListAsync(ct);
        var marksOf = marks.ToLookup(mark => mark.TicketId);
        return
        [
            .. tickets.Select(ticket =>
                TicketView.Of(
                    ticket,
                    words.GetValueOrDefault(ticket.Id),
                    marksOf[ticket.Id],
                    $"/status/{links.Sign("status", ticket.RequestId)}"
                )
            ),
        ];
    }

    public static ProblemHttpResult Refused(Refusal refusal) =>
        Problem.Refused(
            StatusOf(refusal),
            refusal.Code,
            refusal.Detail,
            refusal.Status is { } status
                ? new Dictionary<string, object?> { ["state"] = status, ["allowed"] = refusal.Allowed }
                : null
        );

    /// <summary>What is wrong with the words is 422; with the moment, 409.</summary>
    public static int StatusOf(Refusal refusal) =>
        refusal is { Status: null, IsConflict: false }
            ? StatusCodes.Status422UnprocessableEntity
            : StatusCodes.Status409Conflict;

    // Where a command names the version that it is meant for, it is meant for no other.
    private static ProblemHttpResult? OtherVersion(HttpContext http, Ticket ticket)
    {
        if (http.Request.Headers.IfMatch.Count == 0)
            return null;
        if (!IfMatch.TryRead(http, out var version, out var problem))
            return problem;
        return version is null || version == ticket.RowVersion ? null : Problem.Stale();
    }
}

/// <summary>Who asks, and at what time it counts.</summary>
internal sealed record Order(string By, DateTimeOffset At);
