using CustomerFeedback.Analytics.Features.Storing;

namespace CustomerFeedback.Analytics.Tests.Features.Storing;

public sealed class ProjectionLagTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void While_nothing_waits_it_is_nothing_however_old_the_last_event_is() =>
        Lag(since: null, Stored(at: -3600, newest: -7200)).ShouldBe(0);

    [Fact]
    public void The_first_event_after_a_quiet_night_is_as_late_as_it_has_waited() =>
        Lag(since: -2, Stored(at: -30_000, newest: -30_001)).ShouldBe(2);

    [Fact]
    public void A_backlog_that_is_worked_off_is_as_late_as_what_was_stored_last() =>
        Lag(since: -60, Stored(at: -1, newest: -5000)).ShouldBe(5000);

    [Fact]
    public void A_backlog_that_stands_still_grows()
    {
        Lag(since: -60, last: null).ShouldBe(60);
        Lag(since: -600, last: null).ShouldBe(600);
    }

    [Fact]
    public void An_event_from_a_clock_that_runs_ahead_is_not_early() =>
        Lag(since: -60, Stored(at: -1, newest: 5)).ShouldBe(0);

    private static double Lag(int? since, ProjectionLag.Batch? last) =>
        ProjectionLag.Seconds(since is { } seconds ? Noon.AddSeconds(seconds) : null, last, Noon);

    private static ProjectionLag.Batch Stored(int at, int newest) => new(Noon.AddSeconds(at), Noon.AddSeconds(newest));
}
