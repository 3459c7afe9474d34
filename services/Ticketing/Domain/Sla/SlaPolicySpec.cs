using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>A policy as it is written down and exchanged: the body of <c>PUT /v1/sla/policies/{id}</c>, and what is stored of a version.</summary>
/// <param name="Order">Lowest first; the first policy that matches holds.</param>
/// <param name="Targets">By clock; what is absent is not started.</param>
/// <param name="PauseOn">By clock: the reasons that stop it.</param>
/// <param name="Version">Told when it is read; ignored when it is written, so that what was read can be written back.</param>
internal sealed record SlaPolicySpec(
    string? Id = null,
    [property: Required] int? Order = null,
    SlaPolicySpec.MatchSpec? Match = null,
    [property: Required] string? Calendar = null,
    [property: Required] IReadOnlyDictionary<string, SlaPolicySpec.TargetSpec?>? Targets = null,
    IReadOnlyList<double>? WarnAt = null,
    IReadOnlyList<SlaPolicySpec.StepSpec>? Escalation = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>?>? PauseOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Version = null
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
    /// <param name="Calendar">What this clock is counted by, where it is not the policy's calendar.</param>
    internal sealed record TargetSpec(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Normal = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Urgent = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Critical = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Simple = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Complex = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cap = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Calendar = null
    );

    /// <summary>A step of the ladder: at a share of the target, or a (wall) time after the breach.</summary>
    /// <param name="To">Who is told: assignee, lead, manager or duty.</param>
    /// <param name="Action">
    /// notify (the default): nothing more; reassign: who is told gets the ticket; raise_urgency: it becomes more urgent by one level. Webhooks do not exist yet.
    /// </param>
    internal sealed record StepSpec(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? At = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? After = null,
        string? To = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Action = null
    );
}

/// <summary>Why a policy is refused: where (JSON pointer), a stable code, and a sentence for people.</summary>
internal sealed record PolicyProblem(string Pointer, string Code, string Message);
