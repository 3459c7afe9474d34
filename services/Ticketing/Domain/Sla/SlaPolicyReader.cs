using System.Globalization;
using static CustomerFeedback.Ticketing.Domain.Sla.SlaPolicySpec;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>Reads a written policy and reports everything that is wrong with it, each with its place and a stable code.</summary>
internal sealed class SlaPolicyReader(SlaPolicySpec spec)
{
    private const int MostSteps = 20;

    private const string OtherMembers =
        "progress_update has simple, complex and cap; every other clock normal, urgent, critical and calendar.";

    private const string PromisedAtReceipt =
        "What the customer is promised at receipt is counted by the calendar of the policy.";

    /// <summary>Ten years: longer than any promise, and still far from the end of a calendar that opens one hour a week.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    private readonly List<PolicyProblem> problems = [];

    public IReadOnlyList<PolicyProblem> Problems => problems;

    public SlaPolicy? Read()
    {
        var id = ReadName("/id", spec.Id);
        var calendar = ReadName("/calendar", spec.Calendar);
        if (spec.Order is null)
            Report("/order", "required", "The order is a whole number, lowest first.");
        var match = ReadMatch(spec.Match ?? new());
        var targets = ReadTargets();
        var warnAt = ReadWarnings(spec.WarnAt ?? []);
        var ladder = ReadLadder(spec.Escalation ?? []);
        var pauseOn = ReadPauses();

        return problems.Count > 0
            ? null
            : new(id, spec.Order!.Value, match, calendar, targets, warnAt, ladder, pauseOn);
    }

    private PolicyMatch ReadMatch(MatchSpec match)
    {
        if (match.ComplaintLevel is < 1 or > 3)
            Report("/match/complaintLevel", "out_of_range", "A complaint level is 1, 2 or 3.");
        if (match.Team is { } team && string.IsNullOrWhiteSpace(team))
            Report("/match/team", "required", "A team has a name; leave the member out to match any.");
        return new(
            ReadWord<RequestType>("/match/type", match.Type),
            ReadWord<Category>("/match/category", match.Category),
            match.ComplaintLevel,
            ReadWord<Urgency>("/match/urgency", match.Urgency),
            ReadWord<Segment>("/match/segment", match.Segment),
            ReadWord<Channel>("/match/channel", match.Channel),
            match.Team
        );
    }

    private Dictionary<ClockName, ClockTargets> ReadTargets()
    {
        var targets = new Dictionary<ClockName, ClockTargets>();
        if (spec.Targets is null)
            Report("/targets", "required", "A policy has targets, by clock; it may be an empty object.");
        foreach (var (name, target) in spec.Targets ?? new Dictionary<string, TargetSpec?>())
        {
            var pointer = $"/targets/{Escape(name)}";
            if (ReadWord<ClockName>(pointer, name) is not { } clock || target is null)
                continue;
            targets[clock] =
                clock is ClockName.ProgressUpdate
                    ? ReadProgress(pointer, target)
                    : ReadByUrgency(pointer, clock, target);
        }
        return targets;
    }

    private ClockTargets.ByUrgency ReadByUrgency(string pointer, ClockName clock, TargetSpec target)
    {
        if (target.Calendar is not null && clock is ClockName.FirstContact or ClockName.ComplaintResponse)
            Unexpected($"{pointer}/calendar", target.Calendar, PromisedAtReceipt);
        else if (target.Calendar is not null)
            ReadName($"{pointer}/calendar", target.Calendar);
        Unexpected($"{pointer}/simple", target.Simple);
        Unexpected($"{pointer}/complex", target.Complex);
        Unexpected($"{pointer}/cap", target.Cap);
        return new(
            ReadTarget($"{pointer}/normal", target.Normal),
            ReadTarget($"{pointer}/urgent", target.Urgent),
            ReadTarget($"{pointer}/critical", target.Critical),
            target.Calendar
        );
    }

    private ClockTargets.OfProgress ReadProgress(string pointer, TargetSpec target)
    {
        Unexpected($"{pointer}/normal", target.Normal);
        Unexpected($"{pointer}/urgent", target.Urgent);
        Unexpected($"{pointer}/critical", target.Critical);
        Unexpected($"{pointer}/calendar", target.Calendar);
        return new(
            ReadTarget($"{pointer}/simple", target.Simple),
            ReadTarget($"{pointer}/complex", target.Complex),
            ReadTarget($"{pointer}/cap", target.Cap)
        );
    }

    private double[] ReadWarnings(IReadOnlyList<double> shares)
    {
        if (shares.Count > MostSteps)
            Report("/warnAt", "too_many", $"At most {MostSteps} warnings.");
        for (var i = 0; i < shares.Count; i++)
        {
            if (shares[i] is not (> 0 and < 1))
                Report($"/warnAt/{i}", "out_of_range", "A warning is a share of the target between 0 and 1.");
            else if (shares.Take(i).Contains(shares[i]))
                Report($"/warnAt/{i}", "duplicate", "This share is already listed.");
        }
        return [.. shares.Order()];
    }

    private List<LadderStep> ReadLadder(IReadOnlyList<StepSpec> steps)
    {
        var ladder = new List<LadderStep>();
        if (steps.Count > MostSteps)
            Report("/escalation", "too_many", $"At most {MostSteps} steps.");
        for (var i = 0; i < steps.Count; i++)
        {
            var (pointer, step) = ($"/escalation/{i}", steps[i] ?? new());
            if (step.To is null)
                Report(
                    $"{pointer}/to",
                    "required",
                    $"A step goes to one of {string.Join(", ", Word.All<EscalationTarget>())}."
                );
            var to = ReadWord<EscalationTarget>($"{pointer}/to", step.To);
            if (step.At is null == step.After is null)
                Report(
                    pointer,
                    "at_or_after",
                    "A step has either `at`, a share of the target, or `after`, a time after the breach."
                );
            if (step.At is not (null or (> 0 and <= 10)))
                Report($"{pointer}/at", "out_of_range", "`at` is a share of the target above 0, at most 10.");
            var after = ReadTarget($"{pointer}/after", step.After);
            var action = ReadAction(pointer, step.Action, to);
            if (to is not { } recipient)
                continue;

            var key = step.At is { } share
                ? string.Create(CultureInfo.InvariantCulture, $"at:{share}")
                : $"after:{IsoDuration.Write(after ?? default)}";
            if (
                ladder.Exists(other =>
                    (other.At, other.After, other.To, other.Action) == (step.At, after, recipient, action)
                )
            )
                Report(pointer, "duplicate", "The same step is already listed.");
            // Several steps may be due at the same moment: the second one's key says whom it tells, a further one's what it does.
            if (ladder.Exists(other => other.Key == key))
                key = $"{key}:{Word.Of(recipient)}";
            if (ladder.Exists(other => other.Key == key))
                key = $"{key}:{Word.Of(action)}";
            ladder.Add(new(key, step.At, after, recipient, action));
        }
        return ladder;
    }

    private EscalationAction ReadAction(string pointer, string? text, EscalationTarget? to)
    {
        if (text is "webhook")
        {
            Report(
                $"{pointer}/action",
                "unknown_value",
                $"Webhooks do not exist yet: a step can {string.Join(", ", Word.All<EscalationAction>())}."
            );
            return default;
        }

        var action = ReadWord<EscalationAction>($"{pointer}/action", text) ?? EscalationAction.Notify;
        if (action is EscalationAction.Reassign && to is EscalationTarget.Assignee)
            Report($"{pointer}/to", "unknown_value", "The assignee has it already: reassign to lead, manager or duty.");
        return action;
    }

    private Dictionary<ClockName, IReadOnlyList<PauseReason>> ReadPauses()
    {
        var pauses = new Dictionary<ClockName, IReadOnlyList<PauseReason>>();
        foreach (var (name, reasons) in spec.PauseOn ?? new Dictionary<string, IReadOnlyList<string>?>())
        {
            var pointer = $"/pauseOn/{Escape(name)}";
            var read = (reasons ?? [])
                .Select((reason, i) => ReadWord<PauseReason>($"{pointer}/{i}", reason ?? ""))
                .ToList();
            if (ReadWord<ClockName>(pointer, name) is { } clock)
                pauses[clock] = [.. read.OfType<PauseReason>().Distinct()];
        }
        return pauses;
    }

    private TimeSpan? ReadTarget(string pointer, string? text)
    {
        if (text is null)
            return null;
        if (!IsoDuration.TryRead(text, out var duration))
            Report(pointer, "malformed_duration", "A duration is ISO 8601, as PT15M, PT72H or P3D.");
        else if (duration <= TimeSpan.Zero)
            Report(pointer, "out_of_range", "A duration is longer than nothing.");
        else if (duration > Longest)
            Report(pointer, "out_of_range", $"A duration is at most {IsoDuration.Write(Longest)}.");
        return duration;
    }

    private T? ReadWord<T>(string pointer, string? text)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        if (Word.TryRead<T>(text, out var word))
            return word;
        Report(pointer, "unknown_value", $"'{text}' is not one of {string.Join(", ", Word.All<T>())}.");
        return null;
    }

    private string ReadName(string pointer, string? name)
    {
        if (SlaName.Problem(pointer, name) is { } problem)
            problems.Add(problem);
        return name ?? "";
    }

    private void Unexpected(string pointer, string? value, string message = OtherMembers)
    {
        if (value is not null)
            Report(pointer, "unknown_member", message);
    }

    private void Report(string pointer, string code, string message) => problems.Add(new(pointer, code, message));

    private static string Escape(string key) => key.Replace("~", "~0").Replace("/", "~1");
}
