using System.Text;
using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>One queue for many events, taken in batches: each kept once, the bad ones parked, whatever happens to broker and database.</summary>
public sealed class EnvelopeTests : IAsyncLifetime
{
    private static readonly TimeSpan Healing = TimeSpan.FromSeconds(240);
    private TestDatabase<ShopDbContext> _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.For<ShopDbContext>();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Two_replicas_keep_every_kind_of_event_once_and_take_them_in_batches()
    {
        var broker = await TestBroker.Claim();
        await using var first = await Start(broker.Uri);
        await using var second = await Start(broker.Uri);
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
            await connection.Store(Enumerable.Range(1, 500));
        await using (var db = _database.Context())
        {
            db.Publish(new OrderSeen(1));
            await db.SaveChangesAsync();
        }
        first.Services.GetRequiredService<RelaySignal>().Wake();

        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(501), Healing);
        (await _database.Texts()).Count(text => text.StartsWith("OrderSeen", StringComparison.Ordinal)).ShouldBe(1);
        var batches = Batches(first).Concat(Batches(second)).ToList();
        batches.Count.ShouldBeLessThan(400);
        await Eventually.That(() => first.Services.GetRequiredService<Backlog>().Of(KeepEnvelopes.Queue) == 0, Healing);
        // The queue is empty for good: all of it was acknowledged.
        await using var channel = await Queues.Channel(broker.Uri);
        await first.DisposeAsync();
        await second.DisposeAsync();
        (await channel.MessageCountAsync(KeepEnvelopes.Queue)).ShouldBe(0u);
    }

    [Fact]
    public async Task Whichever_service_is_migrated_first_and_all_at_once_a_listed_queue_is_there_and_bound()
    {
        var broker = await TestBroker.Claim();
        var consumers = new Consumers("shop").ConsumeEnvelopes<KeepEnvelopes>([typeof(OrderPlaced)]);
        MessagingSetup[] services =
        [
            new("shop", "", broker.Uri, [], consumers.Registrations),
            .. Enumerable
                .Range(0, 5)
                .Select(i => new MessagingSetup(
                    $"publisher-{i}",
                    "",
                    broker.Uri,
                    [new(typeof(OrderPlaced), true, [KeepEnvelopes.Queue]), new(typeof(OrderSeen), true, ["another"])],
                    []
                )),
        ];
        await Task.WhenAll(services.Select(setup => Topology.Declare(setup, CancellationToken.None)));

        await using var channel = await Queues.Channel(broker.Uri);
        foreach (var type in (Type[])[typeof(OrderPlaced), typeof(OrderSeen)])
            await channel.BasicPublishAsync(Wire.ExchangeOf(type), "", mandatory: true, "{}"u8.ToArray());
        await Eventually.That(async () => (await channel.MessageCountAsync(KeepEnvelopes.Queue)).ShouldBe(1u));
        await Eventually.That(async () => (await channel.MessageCountAsync("another")).ShouldBe(1u));
    }

    [Fact]
    public async Task Bad_ones_are_parked_with_their_reason_and_their_neighbours_are_kept()
    {
        var broker = await TestBroker.Claim();
        await (await Start(broker.Uri)).DisposeAsync(); // makes the queue
        await using var channel = await Queues.Channel(broker.Uri);
        await Send(channel, "not json at all"u8.ToArray(), "junk-1");
        await Send(channel, """{"messageId":1,"messageType":"?","message":[]}"""u8.ToArray(), "junk-2");
        for (var number = 1; number <= 40; number++)
            await Send(channel, number % 20 == 0 ? KeepEnvelopes.Bad : number);

        await using var again = await Start(broker.Uri);
        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(38), Healing);
        await Eventually.That(
            async () => (await _database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages")).ShouldBe(4),
            Healing
        );
        (
            await _database.Scalar<string>(
                "SELECT string_agg(DISTINCT reason, ' | ' ORDER BY reason) FROM messaging.parked_messages WHERE queue = 'shop-keep-envelopes'"
            )
        ).ShouldBe(
            "System.FormatException: The message is no envelope of an event. | System.InvalidOperationException: I do not like it"
        );
    }

    [Fact]
    public async Task Those_that_somebody_took_and_never_acknowledged_are_kept_and_counted()
    {
        var broker = await TestBroker.Claim();
        await (await Start(broker.Uri)).DisposeAsync(); // makes the queue
        await using (var channel = await Queues.Channel(broker.Uri))
        {
            for (var number = 1; number <= 5; number++)
                await Send(channel, number);
            var taken = 0;
            await Eventually.That(async () =>
            {
                if (await channel.BasicGetAsync(KeepEnvelopes.Queue, autoAck: false) is not null)
                    taken++;
                return taken == 5;
            });
        }

        using var redelivered = new Counts("inbox_redelivered_total");
        await using var shop = await Start(broker.Uri);
        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(5), Healing);
        await Eventually.That(() => redelivered.Sum >= 5, Healing);
    }

    [Fact]
    public async Task While_the_database_fails_nothing_is_parked_and_afterwards_everything_is_kept()
    {
        var broker = await TestBroker.Claim();
        await _database.Run("ALTER TABLE notes RENAME TO notes_away; CREATE VIEW notes AS SELECT * FROM notes_away");
        await _database.Run(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''57P03''; END'; "
                + "CREATE TRIGGER down INSTEAD OF INSERT ON notes FOR EACH ROW EXECUTE FUNCTION fail()"
        );
        await using var shop = await Start(broker.Uri);
        await shop.Place(1, 2, 3);
        await Eventually.That(() => Batches(shop).Count > 2, Healing); // tried again and again
        (await _database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages")).ShouldBe(0);

        await _database.Run("DROP VIEW notes; ALTER TABLE notes_away RENAME TO notes");
        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(3), Healing);
    }

    [Fact]
    public async Task While_the_database_says_nothing_nothing_is_parked_and_afterwards_everything_is_kept()
    {
        var broker = await TestBroker.Claim();
        var address = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Timeout = 2, CommandTimeout = 2 };
        await using var door = new Door(address.Host!, address.Port);
        door.Shut();
        door.Open();
        (address.Host, address.Port) = ("127.0.0.1", door.Port);
        await using var shop = await Start(broker.Uri, address.ConnectionString);
        await using var channel = await Queues.Channel(broker.Uri);
        await Send(channel, 1);
        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(1), Healing);

        door.Swallow();
        await Send(channel, 2);
        await Send(channel, 3);
        await Task.Delay(TimeSpan.FromSeconds(15)); // longer than any time limit here, some of them one after the other
        door.Open();

        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(3), Healing);
        (await _database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages")).ShouldBe(0);
    }

    [Fact]
    public async Task What_meets_a_deadlock_is_tried_again_before_it_is_parked()
    {
        var broker = await TestBroker.Claim();
        await _database.Run("CREATE SEQUENCE tries");
        await _database.Run(
            "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF nextval(''tries'') < 4 THEN "
                + "RAISE EXCEPTION USING ERRCODE = ''40P01''; END IF; RETURN NEW; END'; "
                + "CREATE TRIGGER lose BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION lose()"
        );
        await using var shop = await Start(broker.Uri);
        await shop.Place(1);

        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(1), Healing);
        (await _database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages")).ShouldBe(0);
    }

    [Fact]
    public async Task A_broker_that_is_killed_and_comes_back_costs_no_event()
    {
        await using var broker = await PrivateBroker.Start();
        await (await Start(broker.Uri)).DisposeAsync();
        // A quorum queue that is killed within seconds of its birth may never elect a leader again: let it grow up first.
        await broker.Stop();
        await broker.StartAgain();
        await using var shop = await Start(broker.Uri);
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
            await connection.Store(Enumerable.Range(1, 2000));
        shop.Services.GetRequiredService<RelaySignal>().Wake();
        await Eventually.That(async () => (await _database.Texts()).Count > 0, Healing);

        await broker.Kill();
        shop.Services.GetRequiredService<Backlog>().Of("another").ShouldBeNull();
        await broker.StartAgain();
        await shop.Place(2001);

        await Eventually.That(async () => (await _database.Texts()).Count.ShouldBe(2001), Healing);
    }

    private static List<int> Batches(Shop shop) =>
        [.. shop.Services.GetRequiredService<Seen>().Deliveries.Select(size => int.Parse(size, null))];

    private Task<Shop> Start(Uri broker, string? database = null) =>
        Shop.Start(
            database ?? _database.ConnectionString,
            broker,
            consume =>
                consume.ConsumeEnvelopes<KeepEnvelopes>(
                    [typeof(OrderPlaced), typeof(OrderSeen)],
                    options => options.BatchSize = 100
                )
        );

    private static async Task Send(IChannel channel, byte[] body, string id) =>
        await channel.BasicPublishAsync(
            KeepEnvelopes.Queue,
            "",
            mandatory: true,
            new BasicProperties { MessageId = id, ContentType = "application/vnd.masstransit+json" },
            body
        );

    private static Task Send(IChannel channel, int number)
    {
        var id = Guid.CreateVersion7();
        var body = $$"""
            {"messageType":["urn:message:CustomerFeedback.Platform.Tests.Messaging:OrderPlaced"],"headers":{"a":[1]},"message":{"number":{{number}} },"messageId":"{{id}}"}
            """;
        return Send(channel, Encoding.UTF8.GetBytes(body), id.ToString());
    }
}

/// <summary>Notes each envelope once.</summary>
internal sealed class KeepEnvelopes(ShopDbContext db, Seen seen) : IEnvelopeConsumer
{
    public const string Queue = "shop-keep-envelopes";

    /// <summary>The number of an order that it does not like.</summary>
    public const int Bad = -13;

    public async Task<int> Consume(IReadOnlyList<Envelope> batch, CancellationToken ct)
    {
        seen.Deliveries.Enqueue($"{batch.Count}");
        var numbers = batch
            .Select(one => JsonElement.Parse(one.Message.Span).GetProperty("number").GetInt32())
            .ToList();
        if (numbers.Contains(Bad))
            throw new InvalidOperationException("I do not like it");
        var ids = batch.Select(one => one.Id).ToArray();
        var texts = batch.Select(one => $"{one.Type.Split(':')[^1]} {one.Id}").ToArray();
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notes ("Id", "Text") SELECT id, text FROM unnest({ids}, {texts}) AS n (id, text)
            WHERE NOT EXISTS (SELECT FROM notes WHERE "Id" = n.id)
            """,
            ct
        );
    }
}
