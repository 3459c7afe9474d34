using System.Diagnostics.Metrics;
using System.Text.Json;
using CustomerFeedback.Survey.Domain.Inviting;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>The meter <c>CustomerFeedback.Survey.Inviting</c>.</summary>
internal static class InvitationMetrics
{
    private static readonly Meter Meter = new("CustomerFeedback.Survey.Inviting");

    private static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        "survey_sends_total",
        description: "Invitations that went out, by the way they took."
    );

    private static readonly Counter<long> Suppressed = Meter.CreateCounter<long>(
        "survey_sends_suppressed_total",
        description: "Invitations that were not sent because the customer may not be asked, by the reason."
    );

    /// <summary>Each reason is there from the start, with nothing counted.</summary>
    public static void Begin()
    {
        foreach (var way in Enum.GetValues<Way>())
            CountSent(way, 0);
        foreach (
            var reason in (ReadOnlySpan<string>)
                [ContactRules.DoNotContact, ContactRules.Unreachable, ContactRules.NoHumanContact]
        )
            Suppressed.Add(0, Tag(reason));
    }

    /// <summary>After the commit.</summary>
    public static void CountSent(Way way, int count = 1) =>
        Sent.Add(
            count,
            new KeyValuePair<string, object?>("channel", JsonNamingPolicy.SnakeCaseLower.ConvertName($"{way}"))
        );

    /// <summary>After the commit.</summary>
    public static void CountSuppressed(string reason) => Suppressed.Add(1, Tag(reason));

    private static KeyValuePair<string, object?> Tag(string reason) => new(nameof(reason), reason);
}
