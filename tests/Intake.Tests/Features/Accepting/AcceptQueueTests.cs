using System.Net;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

/// <summary>What happens to those who wait while the database keeps everybody waiting.</summary>
public class AcceptQueueTests : IAsyncLifetime
{
    private readonly IntakeHost intake = new SmallQueue();

    public ValueTask InitializeAsync() => intake.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return intake.DisposeAsync();
    }

    /// <summary>One writer, one request a batch, room for two more.</summary>
    private sealed class SmallQueue : IntakeHost
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string>
            {
                ["Intake:Writers"] = "1",
                ["Intake:BatchSize"] = "1",
                ["Intake:QueueCapacity"] = "2",
                ["Intake:AcceptDeadline"] = "00:00:30",
            };
    }

    private async Task<NpgsqlConnection> HoldUp()
    {
        var connection = new NpgsqlConnection(intake.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE requests IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private Task SomebodyWaitsForTheLock() =>
        Eventually.That(async () =>
            await intake.Sql<long>(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            ) > 0
        );

    [Fact]
    public async Task A_full_queue_turns_away_at_once_and_stores_who_waits()
    {
        var shop = intake.Shop();
        await shop.Accepted(ShopRequest.Example());
        Task<HttpResponseMessage>[] sent;
        await using (await HoldUp())
        {
            var inHand = shop.Send(ShopRequest.Example("in-hand"));
            await SomebodyWaitsForTheLock();
            sent = [inHand, .. Enumerable.Range(0, 6).Select(i => shop.Send(ShopRequest.Example($"queued-{i}")))];
            await Eventually.That(() => sent.Count(s => s.IsCompleted) == 4);
        }

        var answers = await Task.WhenAll(sent);
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(3);
        var turnedAway = answers.Where(a => a.StatusCode == HttpStatusCode.ServiceUnavailable).ToList();
        turnedAway.Count.ShouldBe(4);
        turnedAway.ShouldAllBe(a => a.Headers.RetryAfter != null);
        ((string)(await turnedAway[0].Json())["code"]!).ShouldBe("busy");
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM requests WHERE external_id LIKE 'queued-%' OR external_id = 'in-hand'"
            )
        ).ShouldBe(3);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_so_and_finds_one_request_when_coming_again()
    {
        var shop = intake.Shop();
        await shop.Accepted(ShopRequest.Example());
        await using (await HoldUp())
        {
            var slow = shop.Send(ShopRequest.Example("slow"));
            await SomebodyWaitsForTheLock();
            var unborn = shop.Send(ShopRequest.Example("unborn"));
            await Eventually.That(() =>
            {
                intake.Clock.Advance(TimeSpan.FromSeconds(31));
                return slow.IsCompleted && unborn.IsCompleted;
            });
            var answer = await slow;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        (await shop.Send(ShopRequest.Example("slow"))).IsSuccessStatusCode.ShouldBeTrue();
        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE external_id = 'slow'")).ShouldBe(1);
        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE external_id = 'unborn'")).ShouldBe(
            0,
            "nobody waited for it any more when its turn came"
        );
    }

    [Fact]
    public async Task A_connection_that_breaks_is_answered_503_and_nothing_is_half_done()
    {
        var shop = intake.Shop();
        await shop.Accepted(ShopRequest.Example());
        Task<HttpResponseMessage> cut;
        await using (await HoldUp())
        {
            cut = shop.Send(ShopRequest.Example("cut").With("orderRef", "cut"));
            await SomebodyWaitsForTheLock();
            await intake.Sql<bool>(
                "SELECT bool_and(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'intake accept' AND datname = current_database()"
            );
            (await cut).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE order_ref = 'cut'")).ShouldBe(0);
        // Neither half without the other: nothing is announced that was not committed.
        (await intake.Sql<long>("SELECT count(*) FROM messaging.outbox WHERE type LIKE '%:RequestReceived'")).ShouldBe(
            await intake.Sql<long>("SELECT count(*) FROM requests")
        );
        (await shop.Send(ShopRequest.Example("cut"))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_host_that_stops_stores_what_it_has_taken_in()
    {
        var shop = intake.Shop();
        await shop.Accepted(ShopRequest.Example());
        Task stopping;
        Task<HttpResponseMessage>[] sent;
        await using (await HoldUp())
        {
            sent = [shop.Send(ShopRequest.Example("last-1")), shop.Send(ShopRequest.Example("last-2"))];
            await SomebodyWaitsForTheLock();
            var queue = intake.Host.Services.GetRequiredService<AcceptQueue>();
            await Eventually.That(() => queue.Waiting == 1);
            stopping = queue.StopAsync(CancellationToken.None);
            stopping.IsCompleted.ShouldBeFalse();
        }

        await stopping;
        (await Task.WhenAll(sent)).ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        (await shop.Send(ShopRequest.Example("too-late"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
