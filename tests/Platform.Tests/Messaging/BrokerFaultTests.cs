using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>The broker is away, hangs, is killed, blocks or loses its exchanges: nothing accepted is lost, nothing has two effects.</summary>
public sealed class BrokerFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Healing = TimeSpan.FromSeconds(240);

    private PrivateBroker _broker = null!;
    private TestDatabase<ShopDbContext> _database = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await PrivateBroker.Start();
        _database = await TestDatabase.For<ShopDbContext>();
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task Broker_away_at_the_start_then_there()
    {
        await _broker.Kill();
        await using var shop = await Start(migrate: false);

        await shop.Place([.. Enumerable.Range(1, 20)]); // accepted all the same
        (await _database.Scalar<long>("SELECT count(*) FROM messaging.outbox")).ShouldBe(20);
        await _broker.StartAgain();

        await EachHandledOnce(20);
    }

    [Fact]
    public async Task Broker_killed_in_the_middle_of_a_stream_and_started_again()
    {
        await Settle(OfNotes());
        await using var shop = await Start();
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
            await connection.Store(Enumerable.Range(1, 3000));
        await Eventually.That(async () => (await _database.Texts()).Count > 10, Healing);

        await _broker.Kill();
        await shop.Place(3001);
        await _broker.StartAgain();

        await EachHandledOnce(3001);
        // Or the stream was through before the fault came.
        shop.Services.GetRequiredService<Seen>().Redelivered.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Broker_killed_while_handlers_fail_and_the_bus_comes_back_by_itself()
    {
        await Settle(new Consumers("shop").Consume<FailUntilMendedOnOrderPlaced, OrderPlaced>());
        await using var shop = await Shop.Start(
            _database.ConnectionString,
            _broker.Uri,
            consume => consume.Consume<FailUntilMendedOnOrderPlaced, OrderPlaced>(),
            builder => builder.Services.AddSingleton<Mood>()
        );
        var seen = shop.Services.GetRequiredService<Seen>();
        await shop.Place([.. Enumerable.Range(1, 40)]);
        await Eventually.That(() => seen.Deliveries.Count > 8, Healing);

        await _broker.Kill();
        shop.Services.GetRequiredService<Mood>().LikesAll = true;
        await _broker.StartAgain();
        await shop.Place(41);

        await Eventually.That(
            async () =>
            {
                // Each was handled at last, or had used up its tries before the broker went and is parked.
                var parked = await _database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages");
                ((await _database.Texts()).Count + parked).ShouldBe(41);
            },
            Healing
        );
        (await _database.Texts()).ShouldContain("order 41");
    }

    [Fact]
    public async Task Broker_killed_under_a_handler_that_never_returns_and_the_bus_comes_back_all_the_same()
    {
        await Settle(new Consumers("shop").Consume<StandStillOnOrderPlaced, OrderPlaced>());
        await using var shop = await Shop.Start(
            _database.ConnectionString,
            _broker.Uri,
            consume => consume.Consume<StandStillOnOrderPlaced, OrderPlaced>()
        );
        var seen = shop.Services.GetRequiredService<Seen>();
        await shop.Place(StandStillOnOrderPlaced.Endless);
        await Eventually.That(() => !seen.Deliveries.IsEmpty, Healing);

        await _broker.Kill();
        await _broker.StartAgain();
        await shop.Place(1);

        await Eventually.That(async () => (await _database.Texts()).ShouldBe(["order 1"]), Healing);
        seen.StandStill.Cancel();
    }

    [Fact]
    public async Task Broker_hangs_and_the_watchdog_recycles_the_connection()
    {
        await using var shop = await Start();
        await shop.Place(1);
        await Eventually.That(async () => (await _database.Texts()).Count == 1, Healing);
        using var released = new Counts("relay_released_total");

        _broker.Freeze();
        await shop.Place(2, 3);
        await Eventually.That(() => released.Sum > 0, Healing); // given up: it may still arrive
        _broker.Thaw();

        await EachHandledOnce(3);
    }

    [Fact]
    public async Task Broker_in_alarm_holds_messages_back_and_takes_them_afterwards()
    {
        await using var shop = await Start();
        await shop.Place(1);
        await Eventually.That(async () => (await _database.Texts()).Count == 1, Healing);

        await _broker.RaiseAlarm();
        await shop.Place([.. Enumerable.Range(2, 50)]);
        await Eventually.That(
            async () =>
                await _database.Scalar<bool>("SELECT EXISTS (SELECT FROM messaging.outbox WHERE lease_epoch > 0)"),
            Healing
        );
        (await _database.Texts()).Count.ShouldBe(1);
        await _broker.EndAlarm();

        await EachHandledOnce(51);
    }

    [Fact]
    public async Task Exchange_and_queue_vanish_and_the_channel_with_them()
    {
        await using var shop = await Start();
        await shop.Place(1);
        await Eventually.That(async () => (await _database.Texts()).Count == 1, Healing);

        await using (var channel = await Queues.Channel(_broker.Uri))
            await channel.ExchangeDeleteAsync(Wire.ExchangeOf(typeof(OrderPlaced)));
        await shop.Place([.. Enumerable.Range(2, 20)]);
        // The relay makes its exchange anew; the binding is the consumer's, and a deploy's migrate verb brings it back.
        await Eventually.That(
            async () => await _database.Scalar<int>("SELECT max(lease_epoch) FROM messaging.outbox") > 1,
            Healing
        );
        await Topology.Declare(
            new MessagingSetup("shop", "", _broker.Uri, [], OfNotes().Registrations),
            CancellationToken.None
        );

        await EachHandledOnce(21);
    }

    [Fact]
    public async Task Database_connections_cut_while_messages_are_under_way()
    {
        await using var shop = await Start();
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
            await connection.Store(Enumerable.Range(1, 2000));
        await Eventually.That(async () => (await _database.Texts()).Count > 10, Healing);

        var cut = await _database.Scalar<long>(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'relay%'"
        );

        cut.ShouldBeGreaterThan(0);
        await EachHandledOnce(2000);
    }

    /// <summary>
    /// The consumer's queue as a running system has it: on disk for good. (A quorum queue of this RabbitMQ that is killed within seconds of its birth may never
    /// elect a leader again; that is not the fault these tests are about.)
    /// </summary>
    private async Task Settle(Consumers consumers)
    {
        await Topology.Declare(
            new MessagingSetup("shop", "", _broker.Uri, [new(typeof(OrderPlaced), true)], consumers.Registrations),
            CancellationToken.None
        );
        await _broker.Stop();
        await _broker.StartAgain();
    }

    private static Consumers OfNotes() => new Consumers("shop").Consume<NoteOnOrderPlaced, OrderPlaced>();

    private Task<Shop> Start(bool migrate = true) =>
        Shop.Start(
            _database.ConnectionString,
            _broker.Uri,
            consume => consume.Consume<NoteOnOrderPlaced, OrderPlaced>(),
            builder =>
            {
                builder.Configuration["Relay:SendTimeout"] = "00:00:02";
                builder.Configuration["Relay:Lease"] = "00:00:05";
            },
            migrate
        );

    private async Task EachHandledOnce(int orders)
    {
        try
        {
            await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(orders), Healing);
        }
        catch (ShouldAssertException e)
        {
            throw new ShouldAssertException($"{e.Message} {await Whereabouts()}", e);
        }

        await _database.Drained();
        (await _database.Texts())
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, orders).Select(n => $"order {n}").Order(StringComparer.Ordinal));
    }

    /// <summary>Where those are that were not handled yet.</summary>
    private async Task<string> Whereabouts()
    {
        var outbox = await _database.Scalar<long>("SELECT count(*) FROM messaging.outbox");
        var parked = await _database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages");
        await using var channel = await Queues.Channel(_broker.Uri);
        var queue = await channel.QueueDeclarePassiveAsync("shop-note-on-order-placed");
        return $"{outbox} in the outbox, {queue.MessageCount} in the queue of {queue.ConsumerCount} consumers, {parked} parked";
    }
}

/// <summary>Fails as long as it is told to.</summary>
internal sealed class FailUntilMendedOnOrderPlaced(ShopDbContext db, Mood mood, Seen seen) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        seen.Deliveries.Enqueue($"{context.Message.Number}");
        return db.HandleOnce(
            context,
            _ =>
            {
                db.Notes.Add(new Note { Text = $"order {context.Message.Number}" });
                return mood.LikesAll ? Task.CompletedTask : throw new InvalidOperationException("Not now.");
            }
        );
    }
}

/// <summary>Never comes back from one order.</summary>
internal sealed class StandStillOnOrderPlaced(ShopDbContext db, Seen seen) : IConsumer<OrderPlaced>
{
    public const int Endless = 999;

    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        seen.Deliveries.Enqueue($"{context.Message.Number}");
        return context.Message.Number == Endless
            ? Task.Delay(Timeout.Infinite, seen.StandStill.Token)
            : db.HandleOnce(
                context,
                _ =>
                {
                    db.Notes.Add(new Note { Text = $"order {context.Message.Number}" });
                    return Task.CompletedTask;
                }
            );
    }
}
