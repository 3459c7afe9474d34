using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Publishes what a list of holidays proposes, as the next version of the calendar, while the calendar is still the one it was compared with.</summary>
internal static class ApproveHolidays
{
    private const string MovedOn = "calendar_moved_on";
    private const string NothingToChange = "nothing_to_change";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/sla/calendars/{id}/imports/{proposal:guid}/approval", Handle)
            .WithName(nameof(ApproveHolidays))
            .WithSummary("Approve a proposal: the calendar is published as a new version.")
            .Produces<CalendarProposal>()
            .Refuses(StatusCodes.Status409Conflict, MovedOn, NothingToChange)
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string id,
        Guid proposal,
        TicketingDbContext db,
        SlaCatalog catalog,
        TimeProvider time,
        ILogger<SlaCatalog> log,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        var by = http.User.Caller().Subject;
        var answer = await db.InTransaction(token => Approve(id, proposal, by, db, time, log, token), ct);
        await catalog.Refresh(db, http);
        return answer;
    }

    private static async Task<IResult> Approve(
        string id,
        Guid proposal,
        string by,
        TicketingDbContext db,
        TimeProvider time,
        ILogger log,
        CancellationToken ct
    )
    {
        await SlaVersions.OneAtATime(db, ct);
        if (await CalendarProposal.Find(db, id, proposal, ct) is not { } row)
            return Problem.NotFound();
        // Approved by somebody a moment ago, or by a request whose answer was lost: it is so.
        if (row.Version is not null)
            return TypedResults.Ok(CalendarProposal.Of(row));
        var changes = SlaDocuments.Read<CalendarChanges>(row.Changes);
        if (changes.IsNothing)
            return Refused(NothingToChange, "The calendar says all this already.");
        if (await DraftTerms.Current(id, db, ct) is not { } current || current.Version != row.BaseVersion)
            return Refused(MovedOn, "The calendar was published anew since: import the list again.");
        var calendar =
            WorkCalendar.TryCreate(current.Calendar.Spec.With(changes), out var problems)
            ?? throw new InvalidOperationException($"Proposal {row.Id}: {problems[0]}");

        var now = Instants.Truncate(time.GetUtcNow());
        PublishSlaCalendar.Store(calendar.Spec, current.Version + 1, by, now, db, log);
        row.Approve(current.Version + 1, by, now);
        return TypedResults.Ok(CalendarProposal.Of(row));
    }

    private static ProblemHttpResult Refused(string code, string detail) =>
        Problem.Refused(StatusCodes.Status409Conflict, code, detail);
}
