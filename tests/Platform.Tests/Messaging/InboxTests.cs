using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class InboxTests(InboxTests.Broker broker) : IClassFixture<InboxTests.Broker>
{
    [Fact]
    public async Task Every_message_three_times_and_in_any_order_has_its_effect_once()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Start(database, c => c.Consume<NoteOnOrderPlaced, OrderPlaced>());
        using var duplicates = new Counts("inbox_duplicates_total");
        var messages = Enumerable.Range(1, 50).Select(n => OutboxRow.For(new OrderPlaced(n))).ToList();
        OutboxRow[] thrice = [.. messages, .. messages, .. messages];
        new Random(17).Shuffle(thrice);

        foreach (var message in thrice)
            await broker.Send(message.Id, message.Body);

        var seen = shop.Services.GetRequiredService<Seen>();
        await Eventually.That(() => seen.Deliveries.Count == 150, TimeSpan.FromSeconds(120));
        await Eventually.That(async () => (await database.Texts()).Count == 50);
        (await database.Texts()).Distinct(StringComparer.Ordinal).Count().ShouldBe(50);
        await Eventually.That(() => duplicates.Sum >= 100);
        (await database.Scalar<long>("SELECT count(*) FROM messaging.inbox")).ShouldBe(50);
    }

    [Fact]
    public async Task A_failing_handler_leaves_no_trace_and_its_retry_starts_clean()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Start(database, c => c.Consume<FailTwiceOnOrderPlaced, OrderPlaced>());

        var order = OutboxRow.For(new OrderPlaced(1));
        await broker.Send(order.Id, order.Body);

        await Eventually.That(async () => (await database.Texts()).ShouldBe(["attempt 3"]), TimeSpan.FromSeconds(120));
        await Eventually.That(async () =>
            (await database.Scalar<long>("SELECT count(*) FROM messaging.inbox")).ShouldBe(1)
        );
        shop.Services.GetRequiredService<Seen>().Deliveries.ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task A_batch_is_one_transaction_and_a_repetition_has_no_effect()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Start(
            database,
            c => c.ConsumeBatch<NoteBatchOnOrderPlaced, OrderPlaced>(o => o.BatchWait = TimeSpan.FromMilliseconds(300))
        );
        using var duplicates = new Counts("inbox_duplicates_total");
        var messages = Enumerable.Range(1, 40).Select(n => OutboxRow.For(new OrderPlaced(n))).ToList();

        foreach (var message in messages)
            await broker.Send(message.Id, message.Body);
        await Eventually.That(async () => (await database.Texts()).Count == 40, TimeSpan.FromSeconds(120));
        foreach (var message in messages)
            await broker.Send(message.Id, message.Body);

        await Eventually.That(() => duplicates.Sum >= 40);
        (await database.Texts()).Distinct(StringComparer.Ordinal).Count().ShouldBe(40);
        shop.Services.GetRequiredService<Seen>().Deliveries.Count.ShouldBeLessThan(80); // batches, not singles
    }

    [Fact]
    public async Task One_bad_message_in_a_batch_does_not_hold_its_neighbours_back()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await using var shop = await Start(database, c => c.ConsumeBatch<NoteBatchOnOrderPlaced, OrderPlaced>());
        var messages = new[] { 1, 2, NoteBatchOnOrderPlaced.Bad, 3 }
            .Select(n => OutboxRow.For(new OrderPlaced(n)))
            .ToList();

        foreach (var message in messages)
            await broker.Send(message.Id, message.Body);

        await Eventually.That(
            async () =>
                (await database.Texts()).Order(StringComparer.Ordinal).ShouldBe(["order 1", "order 2", "order 3"]),
            TimeSpan.FromSeconds(120)
        );
        await Eventually.That(
            async () =>
                (
                    await database.Scalar<string>("SELECT string_agg(message_id, ',') FROM messaging.parked_messages")
                ).ShouldBe(messages[2].Id.ToString()),
            TimeSpan.FromSeconds(120)
        );
    }

    private async Task<Shop> Start(TestDatabase database, Action<Consumers> consume)
    {
        await broker.Clean();
        return await Shop.Start(database.ConnectionString, broker.Uri, consume);
    }

    /// <summary>A virtual host for these tests.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        public Uri Uri { get; private set; } = null!;

        private IChannel _channel = null!;

        public async ValueTask InitializeAsync()
        {
            Uri = (await TestBroker.Claim()).Uri;
            _channel = await Queues.Channel(Uri);
        }

        public ValueTask DisposeAsync() => _channel.DisposeAsync();

        /// <summary>The queues of an earlier test would take and keep this one's messages.</summary>
        public async Task Clean()
        {
            foreach (var consumer in (string[])["note", "fail-twice", "note-batch"])
            {
                foreach (var aside in (string[])["", "_error", "_skipped"])
                    await _channel.QueueDeleteAsync($"shop-{consumer}-on-order-placed{aside}");
            }
        }

        public async Task Send(Guid id, byte[] body) =>
            await _channel.BasicPublishAsync(
                Wire.ExchangeOf(typeof(OrderPlaced)),
                "",
                mandatory: false,
                new BasicProperties { MessageId = id.ToString(), ContentType = Wire.ContentType },
                body
            );
    }
}

/// <summary>Fails at its first two attempts, each time after having written something.</summary>
internal sealed class FailTwiceOnOrderPlaced(ShopDbContext db, Seen seen) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context) =>
        db.HandleOnce(
            context,
            async ct =>
            {
                var attempt = seen.Deliveries.Count + 1;
                seen.Deliveries.Enqueue($"{attempt}");
                db.Notes.Add(new Note { Text = $"attempt {attempt}" });
                await db.SaveChangesAsync(ct);
                if (attempt < 3)
                    throw new InvalidOperationException("Not yet.");
            }
        );
}

/// <summary>Notes orders in batches; one number is more than it can bear.</summary>
internal sealed class NoteBatchOnOrderPlaced(ShopDbContext db, Seen seen) : IConsumer<Batch<OrderPlaced>>
{
    public const int Bad = 666;

    public Task Consume(ConsumeContext<Batch<OrderPlaced>> context)
    {
        seen.Deliveries.Enqueue($"{context.Message.Length}");
        return db.HandleOnce(
            context,
            (fresh, _) =>
            {
                foreach (var message in fresh)
                {
                    if (message.Message.Number == Bad)
                        throw new InvalidOperationException("Too much.");
                    db.Notes.Add(new Note { Text = $"order {message.Message.Number}" });
                }

                return Task.CompletedTask;
            }
        );
    }
}
