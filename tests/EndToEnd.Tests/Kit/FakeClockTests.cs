using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Kit;

/// <summary>Time in tests.</summary>
public sealed class FakeClockTests
{
    [Fact]
    public void Timers_fire_in_order_and_see_the_time_they_were_due()
    {
        var clock = new FakeClock();
        var start = clock.GetUtcNow();
        var seen = new List<(string, TimeSpan)>();
        using var late = clock.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var every = clock.CreateTimer(_ => Note("every"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        seen.ShouldBe([
            ("every", TimeSpan.FromSeconds(2)),
            ("every", TimeSpan.FromSeconds(4)),
            ("late", TimeSpan.FromSeconds(5)),
            ("every", TimeSpan.FromSeconds(6)),
        ]);
        void Note(string name) => seen.Add((name, clock.GetUtcNow() - start));
    }

    [Fact]
    public async Task A_delay_ends_when_time_has_moved_that_far()
    {
        var clock = new FakeClock();
        var delay = Task.Delay(TimeSpan.FromMinutes(3), clock);

        clock.Advance(TimeSpan.FromSeconds(179));
        delay.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        await delay;
    }

    [Fact]
    public async Task Waiting_in_vain_tells_the_last_reason()
    {
        var failure = await Assert.ThrowsAsync<ShouldAssertException>(() =>
            Eventually.That(() => Task.FromException(new InvalidOperationException("not yet")), TimeSpan.Zero)
        );

        failure.Message.ShouldContain("not yet");
    }
}
