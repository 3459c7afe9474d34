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
        await Eventually.That(() => time.GetUtcNow() > before); // it goes on between two answers
    }

    [Fact]
    public void A_vague_answer_moves_nothing_that_is_known_better()
    {
        var time = new DatabaseTime(() => throw new NotSupportedException(), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        time.Heard(now, TimeSpan.FromTicks(100));

        time.Heard(now.AddSeconds(-20), TimeSpan.FromSeconds(40)); // it may have been asked at any moment of these
        Off(time).ShouldBeLessThan(Close);
    }

    [Fact]
    public void A_database_whose_clock_was_set_is_followed_even_if_it_answers_slowly()
    {
        var time = new DatabaseTime(() => throw new NotSupportedException(), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        time.Heard(now, TimeSpan.FromTicks(100));

        time.Heard(now.AddHours(-1), TimeSpan.FromSeconds(40));
        (Off(time) - TimeSpan.FromHours(1)).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void A_good_answer_takes_the_place_of_a_vague_one()
    {
        var time = new DatabaseTime(() => throw new NotSupportedException(), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        time.Heard(now.AddSeconds(-5), TimeSpan.FromSeconds(40)); // says: 15 seconds from now

        time.Heard(now, TimeSpan.FromTicks(100));
        Off(time).ShouldBeLessThan(Close);
    }

    private static TimeSpan Off(TimeProvider time) => (time.GetUtcNow() - TimeProvider.System.GetUtcNow()).Duration();
}
