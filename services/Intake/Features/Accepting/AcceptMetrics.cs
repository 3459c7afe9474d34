using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>The meter and the spans <c>CustomerFeedback.Intake</c>.</summary>
internal static class AcceptMetrics
{
    public const string Accepted = "accepted";
    public const string Repeated = "repeated";
    public const string Malformed = "malformed";
    public const string Refused = "refused";
    public const string Busy = "busy";
    public const string Unavailable = "unavailable";

    private static readonly Meter Meter = new("CustomerFeedback.Intake");
    private static readonly ActivitySource Source = new("CustomerFeedback.Intake");

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "intake_requests_total",
        description: "Requests of customers by what became of them: accepted, repeated (known already), malformed, refused, busy (no room), unavailable."
    );

    /// <summary>Each outcome is there from the start, with nothing counted.</summary>
    public static void Begin()
    {
        foreach (var outcome in (ReadOnlySpan<string>)[Accepted, Repeated, Malformed, Refused, Busy, Unavailable])
            Requests.Add(0, new KeyValuePair<string, object?>(nameof(outcome), outcome));
    }

    public static void Count(string outcome) =>
        Requests.Add(1, new KeyValuePair<string, object?>(nameof(outcome), outcome));

    /// <summary>
    /// A span around the storing of a batch, below which its statements stand: of one request in that request's trace, of many in a trace of its own that is
    /// linked to all of theirs. Null where nobody listens.
    /// </summary>
    public static Activity? Storing(IReadOnlyList<Submission> submissions)
    {
        if (!Source.HasListeners())
            return null;
        Activity.Current = null; // the writer is nobody's
        var traces = submissions
            .Select(submission => submission.Trace)
            .OfType<Activity>()
            .Select(trace => trace.Context);
        var span = submissions is [var only]
            ? Source.StartActivity("store requests", ActivityKind.Internal, only.Trace?.Context ?? default)
            : Source.StartActivity(
                "store requests",
                ActivityKind.Internal,
                parentContext: default,
                links: traces.Select(trace => new ActivityLink(trace))
            );
        return span?.SetTag("intake.batch.request_count", submissions.Count);
    }
}
