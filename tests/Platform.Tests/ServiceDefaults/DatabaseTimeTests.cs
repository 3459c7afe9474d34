using CustomerFeedback.Platform.Tests.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class DatabaseTimeTests
{
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(2); // the database is on this machine

    [Fact]
    public async Task Once_the_database_has_told_its_time_the_hosts_clock_does_not_matter()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.For<ShopDbContext>();
        var host = new FakeClock(TimeProvider.System.GetUtcNow().AddHours(2));
        var time = new DatabaseTime(() => new NpgsqlConnection(database.ConnectionString), host);
        time.GetUtcNow().ShouldBe(host.GetUtcNow());

        await time.Ask(ct);
        Off(time).ShouldBeLessThan(Close);
        host.Advance(TimeSpan.FromDays(3));
        Off(time).ShouldBeLessThan(Close);

        var before = time.GetUtcNow();
        await Task.Delay(50, ct);
        time.GetUtcNow().ShouldBeGreaterThan(before, "it goes on between two answers");
    }

    private static TimeSpan Off(TimeProvider time) => (time.GetUtcNow() - TimeProvider.System.GetUtcNow()).Duration();
}
