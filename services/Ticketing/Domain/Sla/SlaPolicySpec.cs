namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>A policy as it is written down and exchanged: the body of <c>PUT /v1/sla/policies/{id}</c>, and what is stored of a version.</summary>
/// <param name="Order">Lowest first; the first policy that matches holds.</param>
/// <param name="Targets">By clock; what is absent is not started.</param>
/// <param name="PauseOn">By clock: the reasons that stop it.</param>
internal sealed record SlaPolicySpec(
    string? Id,
    int? Order,
    SlaPolicySpec.MatchSpec? Match,
    string? Calendar,
    IReadOnlyDictionary<string, SlaPolicySpec.TargetSpec?>? Targets,
    IReadOnlyList<double>? WarnAt,
    IReadOnlyList<SlaPolicySpec.StepSpec>? Escalation,
    IReadOnlyDictionary<string, IReadOnlyList<string>?>? PauseOn
)
{
    /// <summary>Absent members match anything.</summary>
    internal sealed record MatchSpec(
        string? Type = null,
        string? Category = null,
        int? ComplaintLevel = null,
        string? Urgency = null,
        string? Segment = null,
        string? Channel = null,
        string? Team = null
    );

    /// <summary>ISO 8601 durations by urgency; <c>progress_update</c> has <c>simple</c>, <c>complex</c> and <c>cap</c> instead.</summary>
    internal sealed record TargetSpec(
        string? Normal = null,
        string? Urgent = null,
        string? Critical = null,
        string? Simple = null,
        string? Complex = null,
        string? Cap = null
    );

    /// <summary>A step of the ladder: at a share of the target, or a (wall) time after the breach.</summary>
    internal sealed record StepSpec(double? At = null, string? After = null, string? To = null);
}

/// <summary>Why a policy is refused: where (JSON pointer), a stable code, and a sentence for people.</summary>
internal sealed record PolicyProblem(string Pointer, string Code, string Message);
