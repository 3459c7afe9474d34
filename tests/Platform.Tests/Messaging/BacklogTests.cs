using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class BacklogTests
{
    [Fact]
    public void It_knows_since_when_there_was_always_something_waiting()
    {
        var clock = new FakeClock();
        var backlog = new Backlog(clock);
        backlog.Since("q").ShouldBeNull();
        backlog.Note("q", 3);
        var began = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(5));
        backlog.Note("q", 1);
        backlog.Since("q").ShouldBe(began);
        backlog.Note("q", 0);
        (backlog.Of("q"), backlog.Since("q")).ShouldBe((0, null));
        backlog.Note("q", 2);
        backlog.Since("q").ShouldBe(clock.GetUtcNow());
        backlog.Note("q", null);
        (backlog.Of("q"), backlog.Since("q")).ShouldBe((null, null));
    }
}
