using static CustomerFeedback.Ticketing.Domain.Sla.ScenarioSpec;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>Reads written scenarios and reports everything that is wrong with them, each with its place and a stable code.</summary>
internal sealed class ScenarioReader
{
    private const int MostScenarios = 100;
    private const int MostLines = 50;
    private const int LongestName = 200;

    // Far from where calendars end, on both sides.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<PolicyProblem> problems = [];

    public IReadOnlyList<PolicyProblem> Problems => problems;

    public IReadOnlyList<Scenario> Read(IReadOnlyList<ScenarioSpec?> specs)
    {
        Limit("/scenarios", specs.Count, MostScenarios);
        return problems.Count > 0
            ? []
            :
            [
                .. specs
                    .Index()
                    .Select(spec => Read($"/scenarios/{spec.Index}", spec.Item ?? new(null, null, null, null))),
            ];
    }

    private Scenario Read(string pointer, ScenarioSpec spec)
    {
        var (steps, lines) = (spec.When ?? [], spec.Expect ?? []);
        if (string.IsNullOrWhiteSpace(spec.Name) || spec.Name.Length > LongestName)
            Report($"{pointer}/name", "required", $"A scenario has a name of at most {LongestName} characters.");
        Limit($"{pointer}/when", steps.Count, MostLines);
        Limit($"{pointer}/expect", lines.Count, MostLines);
        if (lines.Count == 0)
            Report($"{pointer}/expect", "required", "A scenario expects something.");

        var opened = ReadGiven($"{pointer}/given", spec.Given ?? new());
        var events = new List<PastEvent> { opened };
        var story = new ScenarioStory();
        foreach (var (index, step) in steps.Take(MostLines).Index())
            events.AddRange(ReadStep($"{pointer}/when/{index}", step ?? new(), events[^1].At, story));
        var expectations = lines
            .Take(MostLines)
            .Index()
            .Select(line => ReadExpect($"{pointer}/expect/{line.Index}", line.Item ?? new(), events))
            .ToList();
        return new(spec.Name ?? "", events, expectations);
    }

    private PastEvent.Opened ReadGiven(string pointer, GivenSpec given)
    {
        if (given.ReceivedAt is null)
            Report($"{pointer}/receivedAt", "required", "When the customer spoke is required.");
        var type = ReadWord<RequestType>($"{pointer}/type", given.Type) ?? RequestType.Inquiry;
        var category =
            ReadWord<Category>($"{pointer}/category", given.Category)
            ?? (type is RequestType.Complaint ? Category.Complaint : Category.GeneralInquiry);
        var received = given.ReceivedAt.GetValueOrDefault();
        CheckInstant($"{pointer}/receivedAt", given.ReceivedAt);
        CheckInstant($"{pointer}/openedAt", given.OpenedAt);
        CheckLevel($"{pointer}/complaintLevel", given.ComplaintLevel);
        if (given.OpenedAt < received)
            Report($"{pointer}/openedAt", "out_of_order", "A ticket is opened after its request was received.");
        var facts = new SlaFacts
        {
            Type = type,
            Category = category,
            ComplaintLevel = category is Category.Complaint ? given.ComplaintLevel ?? 3 : null,
            Urgency = ReadWord<Urgency>($"{pointer}/urgency", given.Urgency) ?? Urgency.Normal,
            Segment = ReadWord<Segment>($"{pointer}/segment", given.Segment) ?? Segment.Regular,
            Channel = ReadWord<Channel>($"{pointer}/channel", given.Channel) ?? Channel.Api,
            Team = given.Team,
            Complex = given.Complex ?? false,
            Episode = 1,
            EpisodeStartedAt = received,
        };
        return new(given.OpenedAt ?? received, facts);
    }

    private IEnumerable<PastEvent> ReadStep(string pointer, StepSpec step, DateTimeOffset after, ScenarioStory story)
    {
        var found = problems.Count;
        CheckInstant($"{pointer}/at", step.At);
        CheckInstant($"{pointer}/newEstimate", step.NewEstimate);
        var at = step.At.GetValueOrDefault();
        if (step.At is null)
            Report($"{pointer}/at", "required", "When it happens is required.");
        else if (at < after)
            Report($"{pointer}/at", "out_of_order", "Steps stand in order of time, after the opening.");
        PastEvent?[] told =
        [
            ReadContact($"{pointer}/contact", step.Contact, at),
            ReadResponse($"{pointer}/response", step, at),
            ReadWord<PauseReason>($"{pointer}/pause", step.Pause) is { } reason
                ? Move(new ClockMove.Paused(reason))
                : null,
            step.Resume is true ? Move(new ClockMove.Resumed()) : null,
            step.Resolve is true ? Move(new ClockMove.Resolved()) : null,
            step.Reopen is true ? Move(new ClockMove.Reopened()) : null,
            step.Mobilise is true ? Move(new ClockMove.Fulfilled(ClockName.EmergencyMobilisation)) : null,
            ReadConfirm($"{pointer}/confirm", step.Confirm, at),
            ReadWord<CancelReason>($"{pointer}/cancel", step.Cancel) is { } why
                ? Move(new ClockMove.Cancelled(Word.Of(why)))
                : null,
            step.Team is null ? null : new PastEvent.HandedOver(at, step.Team, null),
            step.Change is null
                ? null
                : new PastEvent.Reclassified(at, null, ReadChange($"{pointer}/change", step.Change)),
        ];
        if (Named(step) != 1)
            Report(pointer, "one_thing", "A step says exactly one thing that happens.");
        // What could not be read may have changed everything: what comes after it is not judged.
        if (problems.Count > found)
            story.Lose();
        else if (story.Take(step) is { } impossible)
            Report($"{pointer}{impossible.Member}", "impossible", impossible.Message);
        return told.OfType<PastEvent>();

        PastEvent.Moved Move(ClockMove move) => new(at, move);
    }

    private static int Named(StepSpec step)
    {
        object?[] texts = [step.Contact, step.Response, step.Pause, step.Confirm, step.Cancel, step.Team, step.Change];
        bool?[] flags = [step.Resume, step.Resolve, step.Reopen, step.Mobilise];
        return texts.Count(text => text is not null) + flags.Count(flag => flag is true);
    }

    /// <summary>An attempt without success moves no clock: it is written down for its reader.</summary>
    private PastEvent.Moved? ReadContact(string pointer, string? outcome, DateTimeOffset at) =>
        ReadWord<ContactOutcome>(pointer, outcome) is ContactOutcome.Reached
            ? new(at, new ClockMove.ContactReached())
            : null;

    private PastEvent.Moved? ReadResponse(string pointer, StepSpec step, DateTimeOffset at)
    {
        if (ReadWord<UpdateKind>(pointer, step.Response) is not { } kind)
            return null;
        ClockMove move = kind switch
        {
            UpdateKind.HandlingOpinion => new ClockMove.HandlingOpinion(),
            UpdateKind.Plan => new ClockMove.PlanGiven(),
            UpdateKind.Answer => new ClockMove.AnswerGiven(),
            UpdateKind.Progress => new ClockMove.HumanUpdate(step.NewEstimate),
        };
        return new(at, move);
    }

    private PastEvent.Moved? ReadConfirm(string pointer, string? kind, DateTimeOffset at)
    {
        if (ReadWord<Confirmation>(pointer, kind) is not { } how)
            return null;
        if (how is Confirmation.Rejected)
            Report(pointer, "unknown_value", "A rejection is written as `reopen: true`.");
        return new(at, new ClockMove.Confirmed(how is Confirmation.Confirmed));
    }

    private List<Override> ReadChange(string pointer, ChangeSpec change)
    {
        var overrides = new List<Override>();
        CheckLevel($"{pointer}/complaintLevel", change.ComplaintLevel);
        if (change is { Urgency: null, Category: null, ComplaintLevel: null, Complex: null })
            Report(pointer, "required", "A change says what is changed.");
        if (ReadWord<Urgency>($"{pointer}/urgency", change.Urgency) is { } urgency)
            overrides.Add(new("urgency", null, Word.Of(urgency)));
        if (ReadWord<Category>($"{pointer}/category", change.Category) is { } category)
            overrides.Add(new("category", null, Word.Of(category)));
        if (change.ComplaintLevel is { } level)
            overrides.Add(new("complaintLevel", null, $"{level}"));
        if (change.Complex is { } complex)
            overrides.Add(new("complex", null, complex ? "true" : "false"));
        return overrides;
    }

    private Expectation ReadExpect(string pointer, ExpectSpec line, List<PastEvent> events)
    {
        if (line.Clock is null)
            Report($"{pointer}/clock", "required", "The name of a clock is required.");
        CheckInstant($"{pointer}/at", line.At);
        CheckInstant($"{pointer}/dueAt", line.DueAt);
        CheckInstant($"{pointer}/breachedAt", line.BreachedAt);
        if (line.Episode < 1)
            Report($"{pointer}/episode", "out_of_range", "Episodes count from 1.");
        if (line.State is not null && line.State != Expectation.NoClock)
            ReadWord<ClockState>($"{pointer}/state", line.State);
        if (line is { State: null, DueAt: null, BreachedAt: null, Target: null, Consumed: null })
            Report(pointer, "required", "A line expects a state, an instant, or a duration.");
        return new(
            pointer,
            ReadWord<ClockName>($"{pointer}/clock", line.Clock).GetValueOrDefault(),
            line.Episode ?? 1,
            line.At ?? events[^1].At,
            line.State,
            line.DueAt,
            line.BreachedAt,
            ReadDuration($"{pointer}/target", line.Target),
            ReadDuration($"{pointer}/consumed", line.Consumed)
        );
    }

    private TimeSpan? ReadDuration(string pointer, string? text)
    {
        if (text is null)
            return null;
        if (IsoDuration.TryRead(text, out var duration))
            return duration;
        Report(pointer, "malformed_duration", "A duration is ISO 8601, as PT15M, PT72H or P3D.");
        return null;
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

    private void CheckInstant(string pointer, DateTimeOffset? instant)
    {
        if (instant < Earliest || instant >= Latest)
            Report(pointer, "out_of_range", "An instant lies between the years 2000 and 2199.");
    }

    private void CheckLevel(string pointer, int? level)
    {
        if (level is < 1 or > 3)
            Report(pointer, "out_of_range", "A complaint level is 1, 2 or 3.");
    }

    private void Limit(string pointer, int count, int most)
    {
        if (count > most)
            Report(pointer, "too_many", $"At most {most}.");
    }

    private void Report(string pointer, string code, string message) => problems.Add(new(pointer, code, message));
}
