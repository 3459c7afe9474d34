using CustomerFeedback.ApiDocs;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Publishes a policy, always as a new version: clocks that run keep theirs.</summary>
internal static class PublishSlaPolicy
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/sla/policies/{id}", Handle)
            .WithName(nameof(PublishSlaPolicy))
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Publish an SLA policy: each PUT makes a new version (If-Match where it exists).")
            .Produces<SlaPolicySpec>()
            .Produces<SlaPolicySpec>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status422UnprocessableEntity, DraftTerms.UnknownCalendar, DraftTerms.TooLong);

    private static async Task<IResult> Handle(
        string id,
        SlaPolicySpec input,
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
        if (SlaPolicy.TryCreate(input with { Id = id }, out var problems) is not { } policy)
            return Problem.Malformed(problems.Select(p => new FieldError(p.Pointer, p.Code, p.Message)));

        var by = http.User.Caller().Subject;
        var answer = await db.InTransaction(token => Publish(policy, by, spec => spec, db, time, log, http, token), ct);
        await catalog.Refresh(db, ct);
        return answer;
    }

    /// <summary>Stores and announces the next version, in the caller's transaction, where If-Match allows it.</summary>
    /// <param name="answer">What is answered about the version that was made.</param>
    public static async Task<IResult> Publish(
        SlaPolicy policy,
        string by,
        Func<SlaPolicySpec, object> answer,
        TicketingDbContext db,
        TimeProvider time,
        ILogger log,
        HttpContext http,
        CancellationToken ct
    )
    {
        await SlaVersions.OneAtATime(db, ct);
        var current =
            await db.Policies.Where(row => row.PolicyId == policy.Id).MaxAsync(row => (int?)row.Version, ct) ?? 0;
        if (SlaVersions.Refused(http, current) is { } refused)
            return refused;
        if (await DraftTerms.Current(policy.CalendarId, db, ct) is not { } calendar)
            return DraftTerms.Unknown("/calendar", policy.CalendarId);
        if ((await DraftTerms.On(policy, calendar, "", db, ct)).Problem is { } problem)
            return problem;

        var now = Instants.Truncate(time.GetUtcNow());
        var version = current + 1;
        db.Policies.Add(
            new()
            {
                PolicyId = policy.Id,
                Version = version,
                Body = SlaDocuments.Write(policy.Spec),
                PublishedBy = by,
                PublishedAt = now,
            }
        );
        db.Publish(new SlaPolicyPublished(policy.Id, version, SlaDocuments.Element(policy.Spec), now), policy.Id);
        Log.SlaPublished(log, "policy", policy.Id, version, by);
        return SlaVersions.Answer(
            http,
            "/v1/sla/policies",
            policy.Id,
            version,
            answer(policy.Spec with { Version = version })
        );
    }
}
