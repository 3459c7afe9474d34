using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class WorkersTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alarm_wakes_when_it_is_rung_and_a_ring_before_the_sleep_counts()
    {
        using var alarm = new Alarm(clock);
        alarm.Ring();
        alarm.Ring(); // once is enough
        await alarm.Wait(due: null, Long, Ct);

        var asleep = alarm.Wait(due: null, Long, Ct);
        asleep.IsCompleted.ShouldBeFalse("the earlier rings are used up");
        alarm.Ring();
        await asleep;
    }

    [Fact]
    public async Task It_wakes_at_the_due_instant_or_when_it_slept_long_enough()
    {
        using var alarm = new Alarm(clock);
        var due = alarm.Wait(clock.GetUtcNow().AddMinutes(5), Long, Ct);
        clock.Advance(TimeSpan.FromMinutes(4));
        due.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));
        await due;

        var atMost = alarm.Wait(clock.GetUtcNow() + Long + Long, Long, Ct);
        clock.Advance(Long);
        await atMost;

        await alarm.Wait(clock.GetUtcNow().AddSeconds(-1), Long, Ct); // past due: at once
    }

    [Fact]
    public async Task It_ends_with_its_host()
    {
        using var alarm = new Alarm(clock);
        using var host = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asleep = alarm.Wait(due: null, Long, host.Token);
        await host.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asleep);
    }

    [Fact]
    public async Task Rounds_go_on_after_a_failure_and_end_with_the_host()
    {
        using var host = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var rounds = 0;
        var worker = Rounds.Forever(
            "worker",
            async ct =>
            {
                rounds++;
                if (rounds == 1)
                    throw new InvalidOperationException("a bad round");
                await Task.Delay(Timeout.Infinite, ct);
            },
            clock,
            NullLogger.Instance,
            host.Token
        );
        rounds.ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(2));

        await Eventually.That(() => rounds == 2);
        await host.CancelAsync();
        await worker;
    }
}
