using CustomerFeedback.ApiDocs;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Publishes a working calendar, always as a new version: clocks that run keep theirs. One that never opens is refused.</summary>
internal static class PublishSlaCalendar
{
    public const string NeverOpens = "never_opens";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/sla/calendars/{id}", Handle)
            .WithName(nameof(PublishSlaCalendar))
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Publish a working calendar: each PUT makes a new version (If-Match where it exists).")
            .Produces<CalendarDocument>()
            .Produces<CalendarDocument>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status422UnprocessableEntity, NeverOpens, DraftTerms.TooLong);

    private static async Task<IResult> Handle(
        string id,
        CalendarDocument input,
        TicketingDbContext db,
        SlaCatalog catalog,
        TimeProvider time,
        ILogger<SlaCatalog> log,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (SlaVersions.OtherId(id, input.Id) is { } mismatch)
            return mismatch;
        if (SlaName.Problem("/id", id) is { } nameless)
            return Problem.Malformed(new FieldError(nameless.Pointer, nameless.Code, nameless.Message));
        if (WorkCalendar.TryCreate(input.Spec(id), out var problems) is not { } calendar)
            return Refused(problems);

        var by = http.User.Caller().Subject;
        var answer = await db.InTransaction(token => Publish(calendar, by, db, time, log, http, token), ct);
        await catalog.Refresh(db, ct);
        return answer;
    }

    public static ProblemHttpResult Refused(IReadOnlyList<CalendarProblem> problems)
    {
        var errors = problems.Select(p => new FieldError(p.Pointer, p.Code, p.Message)).ToList();
        return errors.TrueForAll(error => error.Code.StartsWith(NeverOpens, StringComparison.Ordinal))
            ? Problem.Refused(
                StatusCodes.Status422UnprocessableEntity,
                errors[0].Code,
                "No clock would ever come due on this calendar.",
                errors: errors
            )
            : Problem.Malformed(errors);
    }

    private static async Task<IResult> Publish(
        WorkCalendar calendar,
        string by,
        TicketingDbContext db,
        TimeProvider time,
        ILogger log,
        HttpContext http,
        CancellationToken ct
    )
    {
        await SlaVersions.OneAtATime(db, ct);
        var current =
            await db.Calendars.Where(row => row.CalendarId == calendar.Spec.Id).MaxAsync(row => (int?)row.Version, ct)
            ?? 0;
        if (SlaVersions.Refused(http, current) is { } refused)
            return refused;
        var version = current + 1;
        var policies = await db.CurrentPolicies().AsNoTracking().ToListAsync(ct);
        if (
            DraftTerms.NeverDue(policies.SelectMany(row => SlaDocuments.Read(row).Policy.NeverDue(calendar))) is
            { } never
        )
            return never;

        var now = Instants.Truncate(time.GetUtcNow());
        Store(calendar.Spec, version, by, now, db, log);
        return SlaVersions.Answer(
            http,
            "/v1/sla/calendars",
            calendar.Spec.Id,
            version,
            CalendarDocument.Of(calendar.Spec, version)
        );
    }

    /// <summary>Adds and announces a version, in the transaction of whoever has seen to it that it is the next one.</summary>
    public static void Store(
        CalendarSpec calendar,
        int version,
        string by,
        DateTimeOffset at,
        TicketingDbContext db,
        ILogger log
    )
    {
        db.Calendars.Add(
            new()
            {
                CalendarId = calendar.Id,
                Version = version,
                Body = SlaDocuments.Write(calendar),
                PublishedBy = by,
                PublishedAt = at,
            }
        );
        db.Publish(new SlaCalendarPublished(calendar.Id, version, SlaDocuments.Element(calendar), at), calendar.Id);
        Log.SlaPublished(log, "calendar", calendar.Id, version, by);
    }
}
