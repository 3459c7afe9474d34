using CustomerFeedback.WorkingTime;
using FsCheck.Fluent;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

public class WorkCalendarLawsTests
{
    private const int Days = 14;

    [Fact]
    public void Working_time_is_what_counting_minute_by_minute_says() =>
        AnyCalendar.Check(
            40,
            from one in AnyCalendar.Cases
            from instants in AnyCalendar.InstantWithin(one, Days).Two().ListOf(20)
            select (one, instants),
            given =>
            {
                var counted = Count(given.one);
                foreach (var (from, to) in given.instants)
                    given.one.Calendar.Between(from, to).ShouldBe(counted.Between(from, to), $"{from:O} to {to:O}");
            }
        );

    [Fact]
    public void A_due_instant_is_the_one_that_counting_minute_by_minute_reaches() =>
        AnyCalendar.Check(
            40,
            from one in AnyCalendar.Cases
            from additions in AnyCalendar.InstantWithin(one, Days).Zip(AnyCalendar.Working(6_000)).ListOf(20)
            select (one, additions),
            given =>
            {
                var counted = Count(given.one);
                foreach (var (from, working) in given.additions)
                {
                    var due = given.one.Calendar.Add(from, working);
                    if (counted.Add(from, working) is { } expected)
                        due.ShouldBe(expected, $"{working} from {from:O}");
                    else
                        due.ShouldBeGreaterThan(given.one.Origin.AddDays(Days), $"{working} from {from:O}");
                }
            }
        );

    [Fact]
    public void Stretches_are_those_that_counting_minute_by_minute_finds() =>
        AnyCalendar.Check(
            40,
            from one in AnyCalendar.Cases
            from instants in AnyCalendar.InstantWithin(one, Days).Two().ListOf(5)
            select (one, instants),
            given =>
            {
                var counted = Count(given.one);
                foreach (var (from, to) in given.instants)
                    given.one.Calendar.Stretches(from, to).ShouldBe(counted.Stretches(from, to), $"{from:O} to {to:O}");
            }
        );

    [Fact]
    public void Stretches_cover_years_without_gaps_and_their_open_ones_sum_to_the_working_time() =>
        AnyCalendar.Check(
            40,
            from one in AnyCalendar.Cases
            from instants in AnyCalendar.InstantWithin(one, 900).Two()
            select (one, instants),
            given =>
            {
                var (from, to) = InOrder(given.instants);
                var stretches = given.one.Calendar.Stretches(from, to).ToList();

                var reached = from;
                foreach (var stretch in stretches)
                {
                    stretch.From.ShouldBe(reached);
                    stretch.To.ShouldBeGreaterThan(stretch.From);
                    reached = stretch.To;
                }
                reached.ShouldBe(to);
                stretches
                    .Where(stretch => stretch.Kind == StretchKind.Open)
                    .Aggregate(TimeSpan.Zero, (sum, stretch) => sum + (stretch.To - stretch.From))
                    .ShouldBe(given.one.Calendar.Between(from, to));
            }
        );

    [Fact]
    public void The_time_between_start_and_due_is_the_time_added_and_no_earlier_instant_has_it() =>
        AnyCalendar.Check(
            150,
            from one in AnyCalendar.Cases
            from start in AnyCalendar.InstantWithin(one, Days)
            from working in AnyCalendar.Working(3 * 365 * 24 * 60)
            select (one.Calendar, start, working),
            given =>
            {
                var due = given.Calendar.Add(given.start, given.working);
                given.Calendar.Between(given.start, due).ShouldBe(given.working);
                if (given.working > TimeSpan.Zero)
                    given
                        .Calendar.Between(given.start, due.AddTicks(-1))
                        .ShouldBe(given.working - TimeSpan.FromTicks(1));
                else
                    due.ShouldBe(given.start);
            }
        );

    [Fact]
    public void Working_time_adds_up_over_any_instant_between() =>
        AnyCalendar.Check(
            150,
            from one in AnyCalendar.Cases
            from instants in AnyCalendar.InstantWithin(one, 1200).Three()
            select (one.Calendar, instants),
            given =>
            {
                DateTimeOffset[] sorted = [given.instants.Item1, given.instants.Item2, given.instants.Item3];
                Array.Sort(sorted);
                var parts = given.Calendar.Between(sorted[0], sorted[1]) + given.Calendar.Between(sorted[1], sorted[2]);
                given.Calendar.Between(sorted[0], sorted[2]).ShouldBe(parts);
                given.Calendar.Between(sorted[2], sorted[0]).ShouldBe(TimeSpan.Zero);
            }
        );

    [Fact]
    public void Adding_twice_is_adding_the_sum() =>
        AnyCalendar.Check(
            150,
            from one in AnyCalendar.Cases
            from start in AnyCalendar.InstantWithin(one, Days)
            from working in AnyCalendar.Working(60_000).Two()
            select (one.Calendar, start, working),
            given =>
            {
                var (first, second) = given.working;
                var twice = given.Calendar.Add(given.Calendar.Add(given.start, first), second);
                twice.ShouldBe(given.Calendar.Add(given.start, first + second));
            }
        );

    [Fact]
    public void Who_starts_later_or_needs_longer_is_never_due_earlier() =>
        AnyCalendar.Check(
            150,
            from one in AnyCalendar.Cases
            from starts in AnyCalendar.InstantWithin(one, Days).Two()
            from working in AnyCalendar.Working(60_000).Two()
            select (one.Calendar, starts, working),
            given =>
            {
                var (earlier, later) = InOrder(given.starts);
                var (less, more) = InOrder(given.working);
                given.Calendar.Add(earlier, less).ShouldBeLessThanOrEqualTo(given.Calendar.Add(later, less));
                given.Calendar.Add(earlier, less).ShouldBeLessThanOrEqualTo(given.Calendar.Add(earlier, more));
            }
        );

    [Fact]
    public void A_calendar_shared_by_threads_gives_each_the_same_answers() =>
        AnyCalendar.Check(
            10,
            AnyCalendar.Cases,
            one =>
            {
                var alone = new Case(one.Spec, one.Origin).Calendar;
                // 40 years in turn: more than are kept at a time, so tables are laid out and dropped all the while.
                var expected = Enumerable.Range(0, 40).Select(years => UntilYear(alone, years)).ToArray();
                Parallel.For(0, 200, step => UntilYear(one.Calendar, step % 40).ShouldBe(expected[step % 40]));

                TimeSpan UntilYear(WorkCalendar calendar, int years) =>
                    calendar.Between(one.Origin.AddYears(years), one.Origin.AddYears(years).AddDays(500));
            }
        );

    private static MinuteByMinute Count(Case one) => new(one.Spec, one.Origin, Days * 24 * 60);

    private static (T Least, T Most) InOrder<T>((T One, T Other) pair)
        where T : IComparable<T> => pair.One.CompareTo(pair.Other) <= 0 ? pair : (pair.Other, pair.One);
}
