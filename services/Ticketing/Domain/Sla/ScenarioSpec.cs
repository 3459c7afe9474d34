using System.ComponentModel.DataAnnotations;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>An example of what a policy promises, as it is written down: a ticket, what happens to it, and how its clocks then stand.</summary>
/// <param name="When">In order of time.</param>
internal sealed record ScenarioSpec(
    [property: Required] string? Name = null,
    ScenarioSpec.GivenSpec? Given = null,
    IReadOnlyList<ScenarioSpec.StepSpec>? When = null,
    [property: Required] IReadOnlyList<ScenarioSpec.ExpectSpec>? Expect = null
)
{
    /// <summary>The ticket as it is opened; what is left out is ordinary.</summary>
    /// <param name="OpenedAt">When it is opened; at receipt, where it is left out.</param>
    internal sealed record GivenSpec(
        string? Type = null,
        string? Category = null,
        int? ComplaintLevel = null,
        string? Urgency = null,
        string? Segment = null,
        string? Channel = null,
        string? Team = null,
        bool? Complex = null,
        DateTimeOffset? ReceivedAt = null,
        DateTimeOffset? OpenedAt = null
    );

    /// <summary>One thing that happens: exactly one member besides <paramref name="At"/> and <paramref name="NewEstimate"/>.</summary>
    /// <param name="Contact"><c>reached</c>, <c>no_answer</c>, <c>refused</c>.</param>
    /// <param name="Response"><c>handling_opinion</c>, <c>plan</c>, <c>answer</c>, <c>progress</c>.</param>
    /// <param name="NewEstimate">Of a response: when the customer hears again.</param>
    /// <param name="Pause">The reason.</param>
    /// <param name="Confirm"><c>confirmed</c> or <c>by_silence</c>.</param>
    /// <param name="Cancel"><c>merged</c>, <c>spam</c>, <c>duplicate</c>.</param>
    /// <param name="Team">It is handed over to this team.</param>
    internal sealed record StepSpec(
        DateTimeOffset? At = null,
        string? Contact = null,
        string? Response = null,
        DateTimeOffset? NewEstimate = null,
        string? Pause = null,
        bool? Resume = null,
        bool? Resolve = null,
        string? Confirm = null,
        bool? Reopen = null,
        string? Cancel = null,
        bool? Mobilise = null,
        string? Team = null,
        ChangeSpec? Change = null
    );

    /// <summary>Facts that somebody corrects.</summary>
    internal sealed record ChangeSpec(
        string? Urgency = null,
        string? Category = null,
        int? ComplaintLevel = null,
        bool? Complex = null
    );

    /// <summary>How a clock stands; at least one member besides the first three.</summary>
    /// <param name="Episode">The first, where it is left out.</param>
    /// <param name="At">When one looks; after the last step, where it is left out.</param>
    /// <param name="State"><c>running</c>, <c>paused</c>, <c>met</c>, <c>breached</c>, <c>cancelled</c>, or <c>none</c>: there is no such clock.</param>
    /// <param name="Consumed">Working time.</param>
    internal sealed record ExpectSpec(
        string? Clock = null,
        int? Episode = null,
        DateTimeOffset? At = null,
        string? State = null,
        DateTimeOffset? DueAt = null,
        DateTimeOffset? BreachedAt = null,
        string? Target = null,
        string? Consumed = null
    );
}
