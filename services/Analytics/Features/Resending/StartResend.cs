using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Jobs;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Analytics.Features.Resending;

/// <summary>Events of a stretch of time, for every consumer of one service.</summary>
/// <param name="Service">As <c>ticketing</c>.</param>
/// <param name="From">The earliest moment at which an event that is told again happened.</param>
/// <param name="To">The moment before which it happened.</param>
internal sealed record ResendOrder(string Service, DateTimeOffset From, DateTimeOffset To)
{
    public static ResendOrder Of(Job job) =>
        JsonSerializer.Deserialize<ResendOrder>(job.Input!, JsonSerializerOptions.Web)!;
}

/// <summary>
/// A service came back from a backup: tells it again what it had consumed since. The store of events is the archive of all of them; who has handled one keeps
/// that in mind (inbox), so a stretch that begins too early costs work and nothing else.
/// </summary>
internal static class StartResend
{
    public const string Kind = "resend";

    /// <summary>What a consumer remembers; further back it would take an old event for a new one.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(29);

    private static readonly string[] Consumers =
    [
        .. EventTable
            .Rows.SelectMany(row => row.Queues)
            .Select(queue => queue[..queue.IndexOf('-', StringComparison.Ordinal)])
            .Where(service => service != "analytics")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    internal sealed record Input(string? Service, DateTimeOffset? From, DateTimeOffset? To = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/admin/analytics/resend", Handle)
            .WithName(nameof(StartResend))
            .WithSummary(
                "Tells one service again what happened in a stretch of time, for when it came back from a backup."
            )
            .Produces<JobView>(StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status400BadRequest, "malformed")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "not_remembered")
            .WithIdempotency<AnalyticsDbContext>();

    private static async Task<IResult> Handle(
        Input input,
        AnalyticsDbContext db,
        HttpContext http,
        TimeProvider time,
        Alarm alarm,
        CancellationToken ct
    )
    {
        var now = Instants.Truncate(time.GetUtcNow());
        List<FieldError> faults = [];
        if (!Consumers.Contains(input.Service))
            faults.Add(new("/service", "unknown_value", $"One of {string.Join(", ", Consumers)}."));
        if (input.From is null)
            faults.Add(new("/from", "required", "The earliest moment is required."));
        if (input.From >= (input.To ?? now))
            faults.Add(new("/from", "out_of_range", "It lies before the end of the stretch."));
        if (faults.Count > 0)
            return Problem.Malformed([.. faults]);
        if (input.From < now - Remembered)
            return Problem.Refused(
                StatusCodes.Status422UnprocessableEntity,
                "not_remembered",
                $"Consumers know for {Remembered.TotalDays:0} days what they have handled; older events would be handled twice."
            );

        var job = new Job
        {
            Id = $"an-{Guid.CreateVersion7()}",
            Kind = Kind,
            State = "queued",
            RequestedBy = http.User.Caller().Subject,
            CreatedAt = now,
            Input = JsonSerializer.Serialize(
                new ResendOrder(
                    input.Service!,
                    input.From!.Value.ToUniversalTime(),
                    (input.To ?? now).ToUniversalTime()
                ),
                JsonSerializerOptions.Web
            ),
        };
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        alarm.Ring(); // too early where a transaction is still open: then the worker's next look finds it
        return TypedResults.Accepted($"/v1/jobs/{job.Id}", JobView.Of(job));
    }
}
