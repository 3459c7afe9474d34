using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Visiting;

/// <summary>Records what came of a visit, once. Whoever met the customer was in contact with them, and the clocks hear of that.</summary>
internal static class ReportVisit
{
    private const int MostMissing = 20;

    /// <summary>How far the clock of who was there may be behind ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <param name="ArrivedAt">When somebody was there; may be absent only where nothing was done.</param>
    /// <param name="Missing">Tools and parts that were missing.</param>
    internal sealed record Input(
        DateTimeOffset? ArrivedAt,
        VisitOutcome? Outcome,
        IReadOnlyList<string?>? Missing = null,
        string? Note = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/visits/{id}/outcome", Handle)
            .WithName(nameof(ReportVisit))
            .Commands(Command.Visit, Command.ContactReached)
            .Refuses(Refusal.AlreadyReported(default))
            .WithSummary("Record what came of a visit: arrival, outcome, what was missing.")
            .Produces<VisitView>()
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Guid id,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var outcome = checks.Required("/outcome", input.Outcome);
        var report = Read(input, desk.Now, checks);
        if (input.ArrivedAt is { } arrivedAt && await Earliest(number, id, db, http, ct) is { } earliest)
            checks.That(
                arrivedAt >= earliest,
                "/arrivedAt",
                "before_it_was_arranged",
                "Nobody arrives before the visit is arranged, or its window begins."
            );
        if (checks.Failed(out var malformed))
            return malformed;
        Visit? visit = null;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            tickets =>
                tickets
                    .VisibleTo(http.User.Caller())
                    .Where(ticket => db.Visits.Any(v => v.Id == id && v.TicketId == ticket.Id)),
            async (ticket, order, token) =>
            {
                visit = await db.Visits.SingleAsync(v => v.Id == id, token);
                var reported = ticket.Report(visit, outcome, input.ArrivedAt, report.ToWords(), order.By, order.At);
                if (reported.Refusal is not null)
                    return reported;
                await desk.Record(ticket, order.By, reported, order.At, token);
                return ticket.ContactBy(visit, order.At);
            },
            async (ticket, token) => (await VisitView.Of([visit!], ticket.Number, ticket.Status, db, token))[0],
            ct
        );
    }

    // Written down when its window had begun already, the visit began with the window. Null: there is no such visit for the caller.
    private static async Task<DateTimeOffset?> Earliest(
        string number,
        Guid id,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var visit = await db
            .Tickets.VisibleTo(http.User.Caller())
            .Where(ticket => ticket.Number == number)
            .Join(db.Visits.Where(v => v.Id == id), ticket => ticket.Id, v => v.TicketId, (_, v) => v)
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        if (visit is null)
            return null;
        return (visit.StartsAt < visit.ArrangedAt ? visit.StartsAt : visit.ArrangedAt) - Skew;
    }

    private static VisitView.Report Read(Input input, DateTimeOffset now, Checks checks)
    {
        checks.That(
            input.ArrivedAt is not null || input.Outcome is null or VisitOutcome.NotDone,
            "/arrivedAt",
            "required",
            "Who did the work, or found nobody, was there."
        );
        checks.That(
            input.ArrivedAt is null || input.ArrivedAt <= now,
            "/arrivedAt",
            "in_the_future",
            "An arrival has happened."
        );
        var missing = input.Missing ?? [];
        checks.That(missing.Count <= MostMissing, "/missing", "out_of_range", $"At most {MostMissing}.");
        return new(
            checks.Optional("/note", input.Note)?.Text,
            [.. missing.Take(MostMissing).Select((thing, i) => checks.Name($"/missing/{i}", thing))]
        );
    }
}
