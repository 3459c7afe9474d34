using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>The laws of clocks over random calendars, pauses and urgency changes, against <see cref="MinuteModel"/>.</summary>
public sealed class ClockLawsTests
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    [Fact]
    public void A_clock_is_what_a_stopwatch_read_once_a_minute_says() =>
        Check(
            1500,
            story =>
            {
                var model = new MinuteModel(story);
                var clock = Played(story).Clock(ClockName.Resolution);
                var now = story.Start.AddMinutes(story.Length);
                var reading = ClockReading.Of(clock, now);

                reading.Consumed.ShouldBe(TimeSpan.FromMinutes(model.Counted));
                reading.BreachedAt.ShouldBe(At(story, model.BreachMinute));
                reading.BreachCause.ShouldBe(model.Cause);
                reading.MetAt.ShouldBe(At(story, model.MetMinute));
                reading.State.ShouldBe(
                    model.BreachMinute is not null ? ClockState.Breached
                    : model.MetMinute is not null ? ClockState.Met
                    : model.Paused ? ClockState.Paused
                    : ClockState.Running
                );
            }
        );

    [Fact]
    public void The_ledger_has_no_gaps_and_adds_up_to_what_is_consumed() =>
        Check(
            500,
            story =>
            {
                var clock = Played(story).Clock(ClockName.Resolution);
                var now = story.Start.AddMinutes(story.Length);
                var segments = clock.Trace.Explain(now);
                var end = clock.EndedAt is { } ended && ended < now ? ended : now;

                segments
                    .Select(segment => segment.From)
                    .Prepend(end)
                    .Order()
                    .ShouldBe(segments.Select(segment => segment.To).Prepend(story.Start).Order());
                segments.Zip(segments.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
                segments
                    .Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Counted)
                    .ShouldBe(ClockReading.Of(clock, now).Consumed);
                segments.ShouldAllBe(segment => segment.Because.Length > 0);
            }
        );

    [Fact]
    public void While_a_clock_runs_its_due_time_does_not_move() =>
        Check(
            300,
            story =>
            {
                var clock = Played(story with { Happenings = [] }).Clock(ClockName.Resolution);
                var due = clock.DueAt;
                for (var minute = 0; minute < story.Length; minute += 97)
                {
                    var at = story.Start.AddMinutes(minute);
                    var reading = ClockReading.Of(clock, at);
                    reading.DueAt.ShouldBe(due);
                    if (at < due)
                        clock
                            .Trace.Terms.Calendar.Calendar.Add(at, reading.Remaining)
                            .ShouldBeLessThanOrEqualTo(due.Value);
                }
            }
        );

    [Fact]
    public void A_pause_loses_and_gains_nothing() =>
        Check(
            500,
            story =>
            {
                var (from, to) = (story.Length / 5, story.Length * 2 / 5);
                Happens[] pause = [new Happens.Pause(from, PauseReason.WaitingCustomer), new Happens.Resume(to)];
                var pausing = story with { PauseOn = [PauseReason.WaitingCustomer], Happenings = pause };
                var before = Played(story with { Happenings = [] }).Clock(ClockName.Resolution).Trace;
                var after = Played(pausing).Clock(ClockName.Resolution).Trace;
                if (before.BreachAt <= story.Start.AddMinutes(from))
                    return;

                var calendar = before.Terms.Calendar.Calendar;
                var stood = calendar.Between(story.Start.AddMinutes(from), story.Start.AddMinutes(to));
                calendar.Between(story.Start, after.DueAt!.Value).ShouldBe(before.Goal.Target + stood);
            }
        );

    [Fact]
    public void Once_breached_always_breached() =>
        Check(
            300,
            story =>
            {
                var play = Begun(story);
                var breached = false;
                foreach (var happening in story.Happenings)
                {
                    Do(play, story, happening);
                    var state = ClockReading
                        .Of(play.Clock(ClockName.Resolution), story.Start.AddMinutes(happening.Minute))
                        .State;
                    (breached && state is not ClockState.Breached).ShouldBeFalse();
                    breached |= state is ClockState.Breached;
                }
            }
        );

    [Fact]
    public void Punctual_or_not_the_timer_leads_to_the_same_story() =>
        Check(
            300,
            story =>
            {
                var punctual = Begun(story);
                for (var (minute, next) = (0, 0); minute <= story.Length; minute++)
                {
                    for (; next < story.Happenings.Count && story.Happenings[next].Minute == minute; next++)
                        Do(punctual, story, story.Happenings[next]);
                    if (minute % 31 == 0)
                        punctual.Tick(story.Start.AddMinutes(minute));
                }

                var late = Played(story);
                Steps(late.Tick(story.Start.AddMinutes(story.Length)))
                    .ShouldBe(Steps(punctual.Tick(story.Start.AddMinutes(story.Length))));
            }
        );

    private static IEnumerable<(string, DateTimeOffset)> Steps(Play play) =>
        play
            .All.Select(change =>
                change switch
                {
                    ClockChange.WarningReached warning => (warning.Key, warning.ReachedAt),
                    ClockChange.Breached breach => ("breach", breach.BreachedAt),
                    ClockChange.StepFired step => (step.Step, step.DueAt),
                    _ => ("", default),
                }
            )
            .Where(step => step.Item1.Length > 0)
            .Order();

    private static DateTimeOffset? At(RandomStory story, int? minute) =>
        minute is { } known ? story.Start.AddMinutes(known) : null;

    private static Play Played(RandomStory story)
    {
        var play = Begun(story);
        foreach (var happening in story.Happenings)
            Do(play, story, happening);
        return play;
    }

    private static Play Begun(RandomStory story)
    {
        string Minutes(Urgency urgency) => $"PT{story.Targets[urgency]}M";
        var terms = Play.On(
            WorkCalendar.TryCreate(story.Spec, out _)!,
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["resolution"] = new(
                            Minutes(Urgency.Normal),
                            Minutes(Urgency.Urgent),
                            Minutes(Urgency.Critical)
                        ),
                    },
                    PauseOn = new Dictionary<string, IReadOnlyList<string>?>
                    {
                        ["resolution"] = [.. story.PauseOn.Select(Word.Of)],
                    },
                }
        );
        return new($"{story.Start:u}", terms);
    }

    private static void Do(Play play, RandomStory story, Happens happening)
    {
        var at = story.Start.AddMinutes(happening.Minute);
        switch (happening)
        {
            case Happens.Pause pause when play.Facts.Waiting is null:
                play.Do(new ClockMove.Paused(pause.Reason), at);
                break;
            case Happens.Resume when play.Facts.Waiting is not null:
                play.Do(new ClockMove.Resumed(), at);
                break;
            case Happens.Upgrade upgrade when play.Facts.ResolvedAt is null:
                play.Change(facts => facts with { Urgency = upgrade.Urgency }, at);
                break;
            case Happens.Meet:
                play.Do(new ClockMove.Resolved(), at);
                break;
        }
    }

    private static void Check(int stories, Action<RandomStory> law)
    {
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("FSCHECK_SEED") ?? "20261122");
        var config = Config.QuickThrowOnFailure.WithMaxTest(stories).WithReplay(new Replay(new Rnd(seed), null));
        FsCheck.Check.One($"FSCHECK_SEED={seed}", config, Prop.ForAll(Stories.ToArbitrary(), law));
    }

    private static Gen<RandomStory> Stories =>
        from zone in Gen.Elements("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York")
        // Around both changes of the clocks, and an ordinary week.
        from day in Gen.Elements(
            new DateOnly(2026, 3, 6),
            new DateOnly(2026, 3, 27),
            new DateOnly(2026, 10, 23),
            new DateOnly(2026, 6, 10)
        )
        // On a coarse grid much happens at the very instant of something else: due when paused, changed when due.
        from grid in Gen.Elements(1, 30, 60)
        from minute in Gen.Choose(0, 3 * 24 * 60 / grid)
        from week in Gen.CollectToArray(Days, _ => Windows)
        where week.Any(windows => windows.Length > 0)
        from holiday in Gen.Choose(-1, 6)
        from normal in Gen.Choose(1, 1200 / grid)
        from urgent in Gen.Choose(1, 600 / grid)
        from critical in Gen.Choose(1, 200 / grid)
        from pauseOn in Gen.SubListOf(Enum.GetValues<PauseReason>())
        from length in Gen.Choose(60, 6 * 24 * 60)
        from count in Gen.Choose(0, 9)
        from happenings in Happening(length, grid).ArrayOf(count)
        select new RandomStory(
            new(
                "any",
                zone,
                Days.Zip(week).ToDictionary(pair => pair.First, pair => (IReadOnlyList<string>)pair.Second),
                holiday < 0 ? [] : [new(day.AddDays(holiday), "a holiday", null)],
                []
            ),
            new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddMinutes(minute * grid),
            new Dictionary<Urgency, int>
            {
                [Urgency.Normal] = normal * grid,
                [Urgency.Urgent] = urgent * grid,
                [Urgency.Critical] = critical * grid,
            },
            [.. pauseOn],
            UntilMet(happenings),
            length
        );

    // A resolved ticket's clock is over: what comes later is another ticket's story.
    private static List<Happens> UntilMet(Happens[] happenings)
    {
        var sorted = happenings.OrderBy(happening => happening.Minute).ToList();
        var met = sorted.FindIndex(happening => happening is Happens.Meet);
        return met < 0 ? sorted : sorted[..(met + 1)];
    }

    private static Gen<Happens> Happening(int length, int grid) =>
        from step in Gen.Choose(0, length / grid)
        let minute = step * grid
        from reason in Gen.Elements(Enum.GetValues<PauseReason>())
        from urgency in Gen.Elements(Enum.GetValues<Urgency>())
        from happens in Gen.Frequency(
            (3, Gen.Constant<Happens>(new Happens.Pause(minute, reason))),
            (3, Gen.Constant<Happens>(new Happens.Resume(minute))),
            (3, Gen.Constant<Happens>(new Happens.Upgrade(minute, urgency))),
            (1, Gen.Constant<Happens>(new Happens.Meet(minute)))
        )
        select happens;

    private static Gen<string[]> Windows =>
        Gen.Frequency(
            (2, Gen.Constant(Array.Empty<string>())),
            (3, Gen.Constant(new[] { "09:00-17:00" })),
            (2, Gen.Constant(new[] { "08:30-12:00", "13:15-18:05" })),
            (1, Gen.Constant(new[] { "00:00-24:00" })),
            (1, Gen.Constant(new[] { "01:30-03:30", "22:00-24:00" }))
        );
}
