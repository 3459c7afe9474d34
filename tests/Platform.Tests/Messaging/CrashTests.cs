using CustomerFeedback.TestKit;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>A real process, killed at the points where something could be lost or doubled; another one takes over.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestDatabase<ShopDbContext> _database = null!;
    private TestBroker _broker = null!;
    private IChannel _channel = null!;
    private NpgsqlConnection _barrier = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.For<ShopDbContext>();
        _broker = await TestBroker.Of<CrashTests>();
        _channel = await Queues.Channel(_broker.Uri);
        foreach (var consumer in (string[])["note", "hang"])
            await _channel.QueueDeleteAsync($"shop-{consumer}-on-order-placed");
        _barrier = new NpgsqlConnection(_database.ConnectionString);
        await _barrier.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _barrier.DisposeAsync();
        await _channel.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Killed_between_commit_and_publish()
    {
        var tap = await _channel.Tap<OrderPlaced>();
        await HoldBack("UPDATE"); // a claim
        using (var process = ShopProcess.Start(_database, _broker, ShopProcess.Does.Places))
        {
            await Eventually.That(async () => (await Outbox()).ShouldBe(10), Patience);
            await RelayStands();
            await process.Kill();
        }

        (await _channel.MessageCountAsync(tap)).ShouldBe(0u); // committed, not published: the fault is in place
        await LetGo();
        await using var next = await TakeOver();

        await AllNoted();
        Ids(await _channel.Drain(tap)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Killed_between_publish_and_delete()
    {
        var tap = await _channel.Tap<OrderPlaced>();
        await HoldBack("DELETE");
        using (var process = ShopProcess.Start(_database, _broker, ShopProcess.Does.Places))
        {
            await RelayStands();
            (await _channel.MessageCountAsync(tap)).ShouldBeGreaterThan(0u);
            await process.Kill();
        }

        // What the dead process's server side has begun must not be finished for it.
        await _database.Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'relay'");
        await LetGo();
        (await Outbox()).ShouldBe(10);
        await using var next = await TakeOver();

        await AllNoted();
        var sent = await _channel.Drain(tap);
        sent.Count.ShouldBeGreaterThan(10); // sent again, so the fault bit ...
        Ids(sent).Count.ShouldBe(10); // ... and under the same ids
    }

    [Fact]
    public async Task Killed_between_handling_and_acknowledging()
    {
        var queue = "shop-hang-on-order-placed";
        using (var process = ShopProcess.Start(_database, _broker, ShopProcess.Does.HandlesAndHangs))
        {
            await Eventually.That(async () => (await Consumers(queue)).ShouldBe(1u), Patience);
            await using var connection = new NpgsqlConnection(_database.ConnectionString);
            await connection.Store(Enumerable.Range(1, 5));
            await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(5), Patience);
            await process.Kill();
        }

        // Nothing was acknowledged: the broker hands all of it out again.
        await Eventually.That(async () => (await _channel.MessageCountAsync(queue)).ShouldBe(5u), Patience);
        using var duplicates = new Counts("inbox_duplicates_total");
        using var redelivered = new Counts("inbox_redelivered_total");
        await using var next = await Shop.Start(
            _database.ConnectionString,
            _broker.Uri,
            consume => consume.Consume<ShopProcess.HangOnOrderPlaced, OrderPlaced>()
        );

        await Eventually.That(() => duplicates.Sum >= 5 && redelivered.Sum >= 5, Patience);
        (await _database.Texts()).Count.ShouldBe(5);
    }

    /// <summary>The statement that would take the next step waits for a lock that this test holds.</summary>
    private async Task HoldBack(string statement)
    {
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock(4711)", _barrier))
            await take.ExecuteNonQueryAsync();
        await _database.Run(
            $"""
            CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN COALESCE(NEW, OLD); END $$;
            CREATE TRIGGER wait_here BEFORE {statement} ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION wait_here()
            """
        );
    }

    private Task RelayStands() =>
        Eventually.That(
            async () =>
                await _database.Scalar<bool>(
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'relay' AND wait_event = 'advisory')"
                ),
            Patience
        );

    private async Task LetGo()
    {
        await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _barrier);
        await release.ExecuteNonQueryAsync();
    }

    private Task<Shop> TakeOver() =>
        Shop.Start(
            _database.ConnectionString,
            _broker.Uri,
            consume => consume.Consume<NoteOnOrderPlaced, OrderPlaced>(),
            ShopProcess.Hasty
        );

    private async Task AllNoted()
    {
        await _database.Drained();
        // In the second case the first sending went to the tap alone: the consumer's queue came with its process.
        await Eventually.That(
            async () =>
                (await _database.Texts())
                    .Order(StringComparer.Ordinal)
                    .ShouldBe(Enumerable.Range(1, 10).Select(n => $"order {n}").Order(StringComparer.Ordinal)),
            Patience
        );
    }

    private Task<long> Outbox() => _database.Scalar<long>("SELECT count(*) FROM messaging.outbox");

    private static HashSet<string> Ids(List<BasicGetResult> messages) =>
        [.. messages.Select(m => m.BasicProperties.MessageId!)];

    private async Task<uint> Consumers(string queue)
    {
        try
        {
            return (await _channel.QueueDeclarePassiveAsync(queue)).ConsumerCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            _channel = await Queues.Channel(_broker.Uri); // not there yet; the question costs the channel
            return 0;
        }
    }
}
