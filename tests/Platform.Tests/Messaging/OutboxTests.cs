using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class OutboxTests(BrokerOfOutboxTests broker) : IClassFixture<BrokerOfOutboxTests>
{
    [Fact]
    public async Task An_event_leaves_with_its_transaction_or_not_at_all()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Shop.Start(database.ConnectionString, broker.Uri);
        var tap = await broker.Channel.Tap<OrderPlaced>();
        await using var open = shop.Context();
        await using (var transaction = await open.Database.BeginTransactionAsync())
        {
            open.Notes.Add(new Note { Text = "kept" });
            open.Publish(new OrderPlaced(1), "1");
            await open.SaveChangesAsync();
            await using var undone = shop.Context();
            await using (await undone.Database.BeginTransactionAsync())
            {
                undone.Publish(new OrderPlaced(2), "2");
                await undone.SaveChangesAsync();
            }

            // A later event passes by: the relay is awake and has looked, and still the uncommitted one is not out.
            await shop.Place(3);
            (await Numbers(broker.Channel, tap, 1)).ShouldBe([3]);
            await transaction.CommitAsync();
        }

        (await Numbers(broker.Channel, tap, 1)).ShouldBe([1]);
        await database.Drained();
        (await broker.Channel.Drain(tap)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_message_on_the_wire_is_the_stored_envelope_with_its_headers()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Shop.Start(database.ConnectionString, broker.Uri);
        var tap = await broker.Channel.Tap<OrderPlaced>();
        using var activity = new Activity("a request").SetIdFormat(ActivityIdFormat.W3C).Start();
        OutboxRow row;
        await using (var db = shop.Context())
        {
            db.Publish(new OrderPlaced(7, "订单"), "order-7");
            row = db.ChangeTracker.Entries<OutboxRow>().Single().Entity;
            await db.SaveChangesAsync();
        }

        var message = await Eventually.Gives(async () => await broker.Channel.BasicGetAsync(tap, autoAck: true));

        var properties = message.BasicProperties;
        message.Body.ToArray().ShouldBe(row.Body);
        message.Exchange.ShouldBe("CustomerFeedback.Platform.Tests.Messaging:OrderPlaced");
        message.RoutingKey.ShouldBe("");
        properties.MessageId.ShouldBe(row.Id.ToString());
        properties.ContentType.ShouldBe("application/vnd.masstransit+json");
        properties.DeliveryMode.ShouldBe(DeliveryModes.Persistent);
        var headers = properties
            .Headers!.Where(h => h.Value is byte[])
            .ToDictionary(h => h.Key, h => Encoding.UTF8.GetString((byte[])h.Value!));
        headers["traceparent"].ShouldBe(activity.Id);
        headers["MT-Activity-Id"].ShouldBe(activity.Id);
        headers["cloudEvents:specversion"].ShouldBe("1.0");
        headers["cloudEvents:id"].ShouldBe(row.Id.ToString());
        headers["cloudEvents:source"].ShouldBe("shop");
        headers["cloudEvents:type"].ShouldBe("customerfeedback.messaging.order_placed.v1");
        headers["cloudEvents:subject"].ShouldBe("order-7");
        DateTimeOffset.Parse(headers["cloudEvents:time"], CultureInfo.InvariantCulture).ShouldBe(row.CreatedAt);
        using var envelope = JsonDocument.Parse(message.Body);
        envelope.RootElement.GetProperty("messageId").GetGuid().ShouldBe(row.Id);
        envelope
            .RootElement.GetProperty("messageType")[0]
            .GetString()
            .ShouldBe("urn:message:CustomerFeedback.Platform.Tests.Messaging:OrderPlaced");
        envelope.RootElement.GetProperty("message").GetProperty("text").GetString().ShouldBe("订单");
        Encoding.UTF8.GetString(message.Body.Span).ShouldContain("订单");
    }

    [Fact]
    public async Task Two_relays_share_an_outbox_and_send_each_message_once()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
            await connection.Store(Enumerable.Range(1, 5000));
        var tap = await broker.Channel.Tap<OrderPlaced>();
        using var published = new Counts("relay_published_total");

        await using var one = await Shop.Start(database.ConnectionString, broker.Uri);
        await using var two = await Shop.Start(database.ConnectionString, broker.Uri);
        await one.Place([.. Enumerable.Range(5001, 50)]);
        await two.Place([.. Enumerable.Range(5051, 50)]);

        await database.Drained();
        (await Numbers(broker.Channel, tap, 5100)).Order().ShouldBe(Enumerable.Range(1, 5100));
        (await broker.Channel.Drain(tap)).ShouldBeEmpty();
        published.Sum.ShouldBeGreaterThanOrEqualTo(5100);
    }

    [Fact]
    public async Task A_message_that_reaches_no_queue_waits_for_its_consumers_queue()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        // An empty virtual host: the tap of another test would take the message.
        await using var empty = new BrokerOfOutboxTests();
        await empty.InitializeAsync();
        await using var shop = await Shop.Start(database.ConnectionString, empty.Uri);
        using var unroutable = new Counts("relay_unroutable_total");

        await shop.Place(1);
        await Eventually.That(() => unroutable.Sum > 0);
        await using (var db = database.Context())
            (await db.Set<OutboxRow>().CountAsync()).ShouldBe(1);
        var tap = await empty.Channel.Tap<OrderPlaced>();

        (await Numbers(empty.Channel, tap, 1)).ShouldBe([1]);
        await database.Drained();
    }

    [Fact]
    public async Task An_event_without_consumers_is_announced_to_nobody_and_gone()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Shop.Start(database.ConnectionString, broker.Uri);
        await using var db = shop.Context();
        db.Publish(new OrderSeen(1));
        await db.SaveChangesAsync();

        await database.Drained();
    }

    [Fact]
    public async Task A_hot_path_stores_many_rows_in_one_statement_and_wakes_the_relay()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Shop.Start(
            database.ConnectionString,
            broker.Uri,
            more: builder => builder.Configuration["Relay:Poll"] = "01:00:00"
        );
        var tap = await broker.Channel.Tap<OrderPlaced>();
        await shop.Place(0); // the relay is connected, has carried this one and waits for the next signal, not for its poll
        (await Numbers(broker.Channel, tap, 1)).ShouldBe([0]);

        await using (var connection = new NpgsqlConnection(database.ConnectionString))
            await connection.Store(Enumerable.Range(1, 100));
        shop.Services.GetRequiredService<RelaySignal>().Wake();

        (await Numbers(broker.Channel, tap, 100)).Order().ShouldBe(Enumerable.Range(1, 100));
    }

    private static async Task<List<int>> Numbers(IChannel channel, string tap, int atLeast)
    {
        List<int> numbers = [];
        await Eventually.That(
            async () =>
            {
                foreach (var message in await channel.Drain(tap))
                {
                    using var json = JsonDocument.Parse(message.Body);
                    numbers.Add(json.RootElement.GetProperty("message").GetProperty("number").GetInt32());
                }

                return numbers.Count >= atLeast;
            },
            TimeSpan.FromSeconds(60)
        );
        return numbers;
    }
}

/// <summary>A virtual host for these tests: their events go to everybody who listens in it.</summary>
public sealed class BrokerOfOutboxTests : IAsyncLifetime
{
    public Uri Uri { get; private set; } = null!;

    public IChannel Channel { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Uri = (await TestBroker.Claim()).Uri;
        Channel = await Queues.Channel(Uri);
    }

    public ValueTask DisposeAsync() => Channel.DisposeAsync();
}
