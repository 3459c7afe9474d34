using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class ParkingTests : IAsyncLifetime
{
    private const string Path = "/v1/admin/shop/dead-letters";
    private static readonly TimeSpan Retried = TimeSpan.FromSeconds(240);

    private TestDatabase<ShopDbContext> _database = null!;
    private TestBroker _broker = null!;
    private IChannel _channel = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.For<ShopDbContext>();
        _broker = await TestBroker.Of<ParkingTests>();
        _channel = await Queues.Channel(_broker.Uri);
        foreach (var aside in (string[])["", "_error", "_skipped"])
            await _channel.QueueDeleteAsync(PickyOnOrderPlaced.Queue + aside);
        _shop = await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _channel.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Poison_of_every_kind_is_parked_with_its_reason_and_neighbours_pass()
    {
        await Send("not json at all"u8.ToArray(), "junk-1");
        await Send(
            Encoding.UTF8.GetBytes(
                $$"""{"messageId":"{{Guid.CreateVersion7()}}","messageType":["urn:message:Far:Away"],"message":{} }"""
            ),
            "far-1"
        );
        await Send("""{"messageId":1,"messageType":"?","message":[]}"""u8.ToArray(), messageId: null);
        var bad = await Place(PickyOnOrderPlaced.Bad);
        await Place(1);
        await Place(2);

        await Eventually.That(async () =>
            (await _database.Texts()).Order(StringComparer.Ordinal).ShouldBe(["order 1", "order 2"])
        );
        await Eventually.That(async () => (await Parked()).Count.ShouldBe(4), Retried);

        var parked = await Parked();
        parked.Single(p => p.MessageId == bad).Reason.ShouldContain("I do not like it");
        parked
            .Single(p => p.MessageId == bad)
            .Type.ShouldBe("urn:message:CustomerFeedback.Platform.Tests.Messaging:OrderPlaced");
        parked.Single(p => p.MessageId == "junk-1").Reason.ShouldContain("Exception");
        parked.Single(p => p.MessageId == "far-1").Type.ShouldBe("urn:message:Far:Away");
        parked.ShouldAllBe(p => p.Queue == PickyOnOrderPlaced.Queue && p.ReplayedAt == null && p.Reason.Length > 0);
        foreach (var aside in Topology.Aside(PickyOnOrderPlaced.Queue))
            (await _channel.MessageCountAsync(aside)).ShouldBe(0u);
    }

    [Fact]
    public async Task Replayed_after_the_mistake_is_mended_each_has_its_effect_once()
    {
        var bad = await Place(PickyOnOrderPlaced.Bad);
        await Eventually.That(async () => (await Parked()).Count.ShouldBe(1), Retried);
        _shop.Services.GetRequiredService<Mood>().LikesAll = true;

        (await Replay(new { })).ShouldBe(new DeadLetters.Outcome(1, 0));
        (await Replay(new { })).ShouldBe(new DeadLetters.Outcome(0, 0)); // twice is safe
        var parked = (await Parked()).Single();
        (await Replay(new { ids = new[] { parked.Id, Guid.CreateVersion7() } })).ShouldBe(
            new DeadLetters.Outcome(0, 2)
        );

        await Eventually.That(
            async () => (await _database.Texts()).ShouldBe([$"order {PickyOnOrderPlaced.Bad}"]),
            Retried
        );
        parked.ReplayedAt.ShouldNotBeNull();
        (await _database.Scalar<Guid>("SELECT message_id FROM messaging.inbox")).ToString().ShouldBe(bad);
        await _database.Drained();
    }

    [Fact]
    public async Task Replayed_too_early_it_is_parked_again_as_the_same_row()
    {
        var bad = await Place(PickyOnOrderPlaced.Bad);
        await Eventually.That(async () => (await Parked()).Count.ShouldBe(1), Retried);
        var first = (await Parked()).Single();

        (await Replay(new { ids = new[] { first.Id } })).Replayed.ShouldBe(1);

        await Eventually.That(
            async () =>
            {
                var again = (await Parked()).ShouldHaveSingleItem();
                again.Id.ShouldBe(first.Id);
                again.MessageId.ShouldBe(bad);
                again.ReplayedAt.ShouldBeNull();
                again.FirstSeen.ShouldBe(first.FirstSeen);
                again.LastSeen.ShouldBeGreaterThan(first.LastSeen);
            },
            Retried
        );
    }

    [Fact]
    public async Task A_message_handled_meanwhile_is_not_parked_and_a_replayed_one_changes_nothing()
    {
        var handled = await Place(1);
        await Eventually.That(async () => (await _database.Texts()).Count == 1, Retried);
        await _channel.BasicPublishAsync(
            PickyOnOrderPlaced.Queue + "_error",
            "",
            mandatory: true,
            new BasicProperties { MessageId = handled },
            "{}"u8.ToArray()
        );
        var bad = await Place(PickyOnOrderPlaced.Bad);

        await Eventually.That(async () => (await Parked()).ShouldHaveSingleItem().MessageId.ShouldBe(bad), Retried);
        (await _channel.MessageCountAsync(PickyOnOrderPlaced.Queue + "_error")).ShouldBe(0u);
    }

    [Fact]
    public async Task The_list_pages_by_cursor_and_one_is_shown_in_full()
    {
        for (var i = 0; i < 5; i++)
            await Send(Encoding.UTF8.GetBytes($"junk {i} 中文"), $"junk-{i}");
        await Send([0xff, 0xfe], "bytes");
        await Eventually.That(async () => (await Parked()).Count.ShouldBe(6), Retried);

        List<Guid> seen = [];
        string? cursor = null;
        do
        {
            using var answer = await _shop.Client.GetAsync(
                $"{Path}?limit=4{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
            answer.Headers.Contains("Link").ShouldBe(cursor is not null);
        } while (cursor is not null);

        seen.Count.ShouldBe(6);
        seen.Distinct().Count().ShouldBe(6);
        var parked = await Parked();
        var text = await Detail(parked.Single(p => p.MessageId == "junk-3").Id);
        text.GetProperty("body").GetString().ShouldBe("junk 3 中文");
        text.GetProperty("headers").GetProperty("MT-Fault-ExceptionType").GetString().ShouldNotBeNullOrEmpty();
        var bytes = await Detail(parked.Single(p => p.MessageId == "bytes").Id);
        bytes.GetProperty("bodyBase64").GetBytesFromBase64().ShouldBe([0xff, 0xfe]);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=x")]
    [InlineData("?cursor=???")]
    [InlineData("?sort=x")]
    public async Task A_wrong_question_is_a_400(string query)
    {
        using var answer = await _shop.Client.GetAsync(Path + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().ShouldBe("malformed");
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldStartWith("?");
    }

    [Fact]
    public async Task An_unknown_one_is_a_404()
    {
        using var answer = await _shop.Client.GetAsync($"{Path}/{Guid.CreateVersion7()}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private Task<Shop> Start() =>
        Shop.Start(
            _database.ConnectionString,
            _broker.Uri,
            consume => consume.Consume<PickyOnOrderPlaced, OrderPlaced>(),
            builder => builder.Services.AddSingleton<Mood>(),
            routes: app => app.MapDeadLetters<ShopDbContext>("shop")
        );

    private async Task<string> Place(int number)
    {
        var row = OutboxRow.For(new OrderPlaced(number));
        await Send(row.Body, row.Id.ToString());
        return row.Id.ToString();
    }

    private async Task Send(byte[] body, string? messageId)
    {
        var properties = new BasicProperties { ContentType = Wire.ContentType };
        if (messageId is not null)
            properties.MessageId = messageId;
        await _channel.BasicPublishAsync(PickyOnOrderPlaced.Queue, "", mandatory: true, properties, body);
    }

    private async Task<List<DeadLetters.Item>> Parked() =>
        [.. (await _shop.Client.GetFromJsonAsync<DeadLetters.Listing>(Path + "?limit=200"))!.Items];

    private Task<JsonElement> Detail(Guid id) => _shop.Client.GetFromJsonAsync<JsonElement>($"{Path}/{id}");

    private async Task<DeadLetters.Outcome> Replay(object which)
    {
        using var answer = await _shop.Client.PostAsJsonAsync(Path + ":replay", which);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<DeadLetters.Outcome>())!;
    }
}

/// <summary>Whether the mistake in the handler is mended.</summary>
internal sealed class Mood
{
    public bool LikesAll { get; set; }
}

/// <summary>Notes orders, all but one.</summary>
internal sealed class PickyOnOrderPlaced(ShopDbContext db, Mood mood) : IConsumer<OrderPlaced>
{
    public const string Queue = "shop-picky-on-order-placed";
    public const int Bad = 666;

    public Task Consume(ConsumeContext<OrderPlaced> context) =>
        db.HandleOnce(
            context,
            _ =>
            {
                db.Notes.Add(new Note { Text = $"order {context.Message.Number}" });
                return context.Message.Number == Bad && !mood.LikesAll
                    ? throw new InvalidOperationException("I do not like it.")
                    : Task.CompletedTask;
            }
        );
}
