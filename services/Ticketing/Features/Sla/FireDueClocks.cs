using System.Diagnostics;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>
/// The timer: fires warnings, breaches and steps of the ladder when they are due, never early, each once on any number of replicas.
/// What came due while nobody was running fires at the start, with its true due time.
/// </summary>
internal sealed class FireDueClocks(
    IServiceScopeFactory scopes,
    SlaCatalog catalog,
    ClockAlarm alarm,
    RelaySignal relay,
    TimeProvider time,
    ILogger<FireDueClocks> log
) : BackgroundService
{
    private const int BatchSize = 500;

    /// <summary>How long it sleeps at most: another replica may have started a clock, or published a policy.</summary>
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);

    /// <summary>Everything that is due is being worked on by others.</summary>
    private static readonly TimeSpan Yield = TimeSpan.FromMilliseconds(50);

    /// <summary>The least time between two batches: what comes due one after the other shares one. The first after a quiet while never waits.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    private readonly DueTickets _due = new(BatchSize, time, log);

    private long _firedAt;

    private DateTimeOffset Now => Instants.Truncate(time.GetUtcNow());

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SlaMetrics.Begin();
        return Rounds.Forever(nameof(FireDueClocks), Turn, time, log, stoppingToken);
    }

    /// <summary>Looks, fires what is due, and waits for what comes next.</summary>
    private async Task Turn(CancellationToken ct)
    {
        DateTimeOffset? next;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
            var look = await db.Look(ct);
            await catalog.Refresh(look.Published, db, ct);
            next = look.NextStep;
        }
        if (next is null || next > Now)
            await alarm.Wait(next, Net, ct);
        else
            await FireTogether(ct);
    }

    private async Task FireTogether(CancellationToken ct)
    {
        var rest = Linger - Stopwatch.GetElapsedTime(_firedAt);
        if (_firedAt != 0 && rest > TimeSpan.Zero)
            await Task.Delay(rest, ct);
        if (await FireAll(ct))
            _firedAt = Stopwatch.GetTimestamp();
        else
            await alarm.Wait(null, Yield, ct);
    }

    /// <summary>False where everything that is due is held by others.</summary>
    private async Task<bool> FireAll(CancellationToken ct)
    {
        var any = false;
        while (await _due.Take((most, except, taken) => FireBatch(most, except, taken, ct)) > 0)
            any = true;
        return any;
    }

    /// <summary>Fires one batch in one transaction.</summary>
    private async Task FireBatch(int most, Guid[] except, List<Ticket> taken, CancellationToken ct)
    {
        var now = Now;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var tickets = await db.ClaimDue(now, most, except, ct);
        taken.AddRange(tickets);
        if (tickets.Count == 0)
            return;
        var due = await db.DueClocks(tickets, now, ct);
        var people = new Lazy<Task<EscalationRecipients>>(() => EscalationRecipients.Read(db, ct));
        var (fired, acted, acting) = (new FiredSteps(), new FiredSteps(), new List<Guid>());
        foreach (var ticket in tickets)
        {
            if (await Fire(ticket, [.. due[ticket.Id]], people, now, fired, db, ct))
                acting.Add(ticket.Id);
        }
        if (fired.Clocks.Count > 0)
            await db.StoreFired(fired, ct);
        if (acting.Count > 0)
            await FireActing(acting, await people.Value, now, acted, scope.ServiceProvider, ct);
        await transaction.CommitAsync(CancellationToken.None);

        relay.Wake();
        SlaMetrics.Count(fired);
        SlaMetrics.Count(acted);
    }

    /// <summary>Where a step does more than tell, the ticket goes the way of commands: ticket by ticket, in the same transaction.</summary>
    private static async Task FireActing(
        IReadOnlyList<Guid> ids,
        EscalationRecipients people,
        DateTimeOffset now,
        FiredSteps acted,
        IServiceProvider services,
        CancellationToken ct
    )
    {
        var db = services.GetRequiredService<TicketingDbContext>();
        var clocks = services.GetRequiredService<Clockwork>();
        var climb = services.GetRequiredService<Climb>();
        await clocks.Gather(ids, ct);
        foreach (var ticket in await db.Locked(ids, ct))
        {
            var changes = await clocks.FireDue(ticket, now, ct);
            acted.Clocks.AddRange(changes.Select(change => change.Clock).Distinct());
            acted.Steps.AddRange(changes.Select(change => SlaStepRow.Of(change, now)).OfType<SlaStepRow>());
            var story = new Announcement(ticket, Announcement.System, ticket.At(now));
            await climb.Tell(story, changes, people, ct);
            story.Into(db);
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>True where a step that fires does more than tell: then nothing is done here yet.</summary>
    private async Task<bool> Fire(
        Ticket ticket,
        SlaClockRow[] rows,
        Lazy<Task<EscalationRecipients>> people,
        DateTimeOffset now,
        FiredSteps fired,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        if (rows.Length == 0)
            return false; // between the look at the clocks and the lock on the ticket another replica, or a command, was faster
        IReadOnlyList<SlaClock> clocks;
        IReadOnlyList<ClockChange> changes;
        try
        {
            clocks = await catalog.Restore(rows, db, ct);
            changes = new ClockBook(ticket.Id, clocks).FireDue(now);
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or System.Text.Json.JsonException or KeyNotFoundException)
        {
            _due.SetAside(ticket, failure);
            return false;
        }
        if (changes.Count == 0)
        {
            // The index says due and the history says no: never round and round.
            _due.SetAside(ticket, null);
            return false;
        }
        if (changes.Any(change => change is ClockChange.StepFired { Acts: true }))
            return true;

        ticket.Note(changes.Any(change => change is ClockChange.Breached), ticket.NearestDueAt);
        var story = new Announcement(ticket, Announcement.System, ticket.At(now));
        var tells = changes.Any(change => change is ClockChange.StepFired or ClockChange.Breached);
        story.Clocks(changes, tells ? await people.Value : null);

        fired.Tickets.Add(ticket);
        fired.Clocks.AddRange(clocks);
        fired.Steps.AddRange(changes.Select(change => SlaStepRow.Of(change, now)).OfType<SlaStepRow>());
        fired.Lines.AddRange(story.Entries);
        fired.Events.AddRange(story.Events);
        return false;
    }
}
