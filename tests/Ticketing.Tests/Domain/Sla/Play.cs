using System.Globalization;
using System.Text.Json;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>One ticket's clocks, played from its opening on: facts change with the moves, as the ticket's would.</summary>
internal sealed class Play
{
    private readonly List<ClockChange> _all = [];

    /// <summary>Opens the ticket.</summary>
    /// <param name="receivedAt">As <c>2026-03-02 09:00</c>, UTC.</param>
    /// <param name="openedAt">When the ticket is opened; null: at once.</param>
    /// <param name="with">What is special about the ticket: a plain inquiry otherwise.</param>
    public Play(
        string receivedAt,
        SlaTerms? terms = null,
        string? openedAt = null,
        Func<SlaFacts, SlaFacts>? with = null
    )
    {
        Terms = terms ?? Standard;
        Facts = Inquiry(T(receivedAt));
        Facts = with?.Invoke(Facts) ?? Facts;
        Book = new(Guid.CreateVersion7(), []);
        Do(new ClockMove.Opened(), openedAt ?? receivedAt);
    }

    /// <summary>The policy that is delivered, on the calendar <c>always</c>.</summary>
    public static SlaTerms Standard { get; } = On(WorkCalendar.AlwaysOpen);

    public ClockBook Book { get; }
    public SlaFacts Facts { get; private set; }
    public SlaTerms? Terms { get; set; }

    /// <summary>Everything that changed since the opening.</summary>
    public IReadOnlyList<ClockChange> All => _all;

    /// <summary>What the last move changed.</summary>
    public IReadOnlyList<ClockChange> Last { get; private set; } = [];

    public static DateTimeOffset T(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static SlaFacts Inquiry(DateTimeOffset receivedAt) =>
        new()
        {
            Type = RequestType.Inquiry,
            Category = Category.GeneralInquiry,
            Urgency = Urgency.Normal,
            Segment = Segment.Regular,
            Channel = Channel.App,
            Assignee = "li.wei",
            Team = "front-line",
            Episode = 1,
            EpisodeStartedAt = receivedAt,
        };

    public static SlaFacts Complaint(SlaFacts facts) =>
        facts with
        {
            Type = RequestType.Complaint,
            Category = Category.Complaint,
            ComplaintLevel = 3,
        };

    /// <summary>The delivered policy on another calendar, or changed.</summary>
    public static SlaTerms On(WorkCalendar calendar, Func<SlaPolicySpec, SlaPolicySpec>? change = null, int version = 1)
    {
        var spec = JsonSerializer.Deserialize<SlaPolicySpec>(
            SlaDocuments.Seed("default-policy"),
            JsonSerializerOptions.Web
        )!;
        var policy = SlaPolicy.TryCreate(change?.Invoke(spec) ?? spec, out var problems);
        problems.ShouldBeEmpty();
        return new(new(policy!, version), new(calendar, 1));
    }

    /// <summary>The delivered policy with one clock's targets for all urgencies, and nothing else.</summary>
    public static SlaTerms Only(string clock, string target, WorkCalendar calendar, string[]? pauseOn = null) =>
        On(
            calendar,
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        [clock] = new(Normal: target, Urgent: target, Critical: target),
                    },
                    PauseOn = new Dictionary<string, IReadOnlyList<string>?> { [clock] = pauseOn ?? [] },
                }
        );

    /// <summary>Weekdays 9 to 17, in UTC unless told otherwise.</summary>
    public static WorkCalendar Office(
        string zone = "UTC",
        string hours = "09:00-17:00",
        IReadOnlyList<CalendarHoliday>? holidays = null,
        IReadOnlyList<CalendarWorkday>? workdays = null,
        params string[] days
    )
    {
        string[] open = days.Length > 0 ? days : ["mon", "tue", "wed", "thu", "fri"];
        var week = open.ToDictionary(day => day, IReadOnlyList<string> (_) => [hours]);
        var calendar = WorkCalendar.TryCreate(
            new("office", zone, week, holidays ?? [], workdays ?? []),
            out var problems
        );
        problems.ShouldBeEmpty();
        return calendar!;
    }

    public Play Do(ClockMove move, string at) => Do(move, T(at));

    public Play Do(ClockMove move, DateTimeOffset at)
    {
        Facts = move switch
        {
            ClockMove.ContactReached => Facts with { FirstContactAt = Facts.FirstContactAt ?? at },
            ClockMove.HandlingOpinion => Facts with
            {
                OpinionAt = Facts.OpinionAt ?? at,
                AnsweredAt = Facts.AnsweredAt ?? at,
            },
            ClockMove.PlanGiven => Facts with { PlanAt = Facts.PlanAt ?? at, AnsweredAt = Facts.AnsweredAt ?? at },
            ClockMove.AnswerGiven => Facts with { AnsweredAt = Facts.AnsweredAt ?? at },
            ClockMove.Paused(var reason) => Facts with { Waiting = reason },
            ClockMove.Resumed => Facts with { Waiting = null },
            ClockMove.Resolved => Facts with { ResolvedAt = at, Waiting = null },
            ClockMove.Reopened => Facts with
            {
                Episode = Facts.Episode + 1,
                EpisodeStartedAt = at,
                ResolvedAt = null,
                OpinionAt = null,
                PlanAt = null,
                Waiting = null,
            },
            _ => Facts,
        };
        Keep(Book.Apply(move, Facts, Terms, at));
        return this;
    }

    /// <summary>Facts change, by a person.</summary>
    public Play Change(Func<SlaFacts, SlaFacts> change, string at) => Change(change, T(at));

    public Play Change(Func<SlaFacts, SlaFacts> change, DateTimeOffset at)
    {
        Facts = change(Facts);
        return Do(new ClockMove.FactsChanged { By = "wang.fang" }, at);
    }

    /// <summary>The timer looks.</summary>
    public Play Tick(string now) => Tick(T(now));

    public Play Tick(DateTimeOffset now)
    {
        Keep(Book.FireDue(now));
        return this;
    }

    public SlaClock Clock(ClockName name, int episode = 1) =>
        Book.Clocks.Last(clock => clock.Name == name && clock.Episode == episode);

    public ClockReading Read(ClockName name, string at, int episode = 1) =>
        ClockReading.Of(Clock(name, episode), T(at));

    public bool Has(ClockName name, int episode = 1) =>
        Book.Clocks.Any(clock => clock.Name == name && clock.Episode == episode);

    private void Keep(IReadOnlyList<ClockChange> changes)
    {
        Last = changes;
        _all.AddRange(changes);
    }
}
