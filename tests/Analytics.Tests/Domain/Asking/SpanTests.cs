using CustomerFeedback.Analytics.Domain.Asking;
using NodaTime;
using Span = CustomerFeedback.Analytics.Domain.Asking.Span;

namespace CustomerFeedback.Analytics.Tests.Domain.Asking;

public sealed class SpanTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Periods_are_named_by_their_first_day_and_cut_to_the_span()
    {
        var periods = Days(Shanghai, new(2026, 1, 31), new(2026, 3, 2)).Periods(Grain.Month).ToList();
        periods.Select(p => p.FirstDay).ShouldBe([new(2026, 1, 1), new(2026, 2, 1), new(2026, 3, 1)]);
        periods[0].Start.ShouldBe(Midnight(Shanghai, new(2026, 1, 31)));
        periods[2].End.ShouldBe(Midnight(Shanghai, new(2026, 3, 2)));
        periods.Zip(periods.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start);
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_days_of_a_changing_clock_are_whole()
    {
        Days(Berlin, new(2026, 3, 25), new(2026, 4, 1))
            .Periods(Grain.Week)
            .Select(p => p.FirstDay)
            .ShouldBe([new(2026, 3, 23), new(2026, 3, 30)]);
        // The night that summer time begins: 23 hours.
        var day = Days(Berlin, new(2026, 3, 29), new(2026, 3, 30)).Periods(Grain.Day).ShouldHaveSingleItem();
        (day.End - day.Start).ShouldBe(Duration.FromHours(23));
    }

    [Fact]
    public void Before_whole_months_come_whole_months_and_before_days_as_many_days()
    {
        var quarter = Days(Shanghai, new(2026, 1, 1), new(2026, 4, 1)).Previous();
        quarter.WholeDays.ShouldBe((new LocalDate(2025, 10, 1), new LocalDate(2026, 1, 1)));
        var week = Days(Shanghai, new(2026, 3, 2), new(2026, 3, 9)).Previous();
        week.WholeDays.ShouldBe((new LocalDate(2026, 2, 23), new LocalDate(2026, 3, 2)));
        var hour = new Span(
            Instant.FromUnixTimeSeconds(3_600),
            Instant.FromUnixTimeSeconds(7_200),
            Shanghai
        ).Previous();
        hour.From.ShouldBe(Instant.FromUnixTimeSeconds(0));
    }

    [Fact]
    public void An_open_side_is_a_whole_one()
    {
        new Span(null, null, Shanghai).WholeDays.ShouldBe((null, null));
        new Span(Midnight(Shanghai, new(2026, 1, 1)), null, Shanghai).WholeDays.ShouldBe(
            (new LocalDate(2026, 1, 1), null)
        );
        new Span(Midnight(Berlin, new(2026, 1, 1)), null, Shanghai).WholeDays.ShouldBeNull();
    }

    private static Span Days(DateTimeZone zone, LocalDate from, LocalDate to) =>
        new(Midnight(zone, from), Midnight(zone, to), zone);

    private static Instant Midnight(DateTimeZone zone, LocalDate day) => zone.AtStartOfDay(day).ToInstant();
}
