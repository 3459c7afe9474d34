using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using RabbitMQ.Client;

namespace CustomerFeedback.Intake.Tests.Features.Copying;

/// <summary>What Ticketing tells, over a real broker, in any order and more than once.</summary>
public class CopyingTests : IAsyncLifetime
{
    private readonly WithBroker intake = new();

    public ValueTask InitializeAsync() => intake.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return intake.DisposeAsync();
    }

    private sealed class WithBroker : IntakeHost
    {
        public TestBroker Virtual { get; private set; } = TestBroker.Unreachable;

        protected override async Task<TestBroker?> Broker() => Virtual = await TestBroker.Claim();
    }

    private async Task Publish<T>(params IReadOnlyList<T> messages)
        where T : class
    {
        await using var connection = await new ConnectionFactory { Uri = intake.Virtual.Uri }.CreateConnectionAsync();
        // Confirmed: what an unconfirmed channel sends last may be lost with its close, before a young queue has a leader.
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        foreach (var message in messages)
        {
            var row = OutboxRow.For(message);
            var properties = new BasicProperties
            {
                MessageId = row.Id.ToString(),
                ContentType = "application/vnd.masstransit+json",
                Persistent = true,
            };
            // Twice: delivery is at least once.
            for (var i = 0; i < 2; i++)
                await channel.BasicPublishAsync(row.Type, "", mandatory: true, properties, row.Body);
        }
    }

    private Task QueueExists(string queue) =>
        Eventually.That(
            async () =>
            {
                await using var connection = await new ConnectionFactory
                {
                    Uri = intake.Virtual.Uri,
                }.CreateConnectionAsync();
                await using var channel = await connection.CreateChannelAsync();
                await channel.QueueDeclarePassiveAsync(queue);
            },
            within: TimeSpan.FromSeconds(120)
        );

    private static TicketStatusChanged Moved(string number, int version, TicketStatus to) =>
        new(Guid.CreateVersion7(), number, version, TicketStatus.New, to, 1, DateTimeOffset.UnixEpoch);

    private static TicketAssigned Assigned(string number, int version, string team) =>
        new(Guid.CreateVersion7(), number, version, team, null, null, "automatic", "", DateTimeOffset.UnixEpoch);

    private async Task<string> Stored() => (string)(await intake.Shop().Accepted(ShopRequest.Example()))["number"]!;

    private Task<string> StatusOf(string number) =>
        intake.Sql<string>("SELECT status FROM requests WHERE number = $1", number);

    [Fact]
    public async Task A_request_follows_its_ticket_and_late_news_never_overwrite_newer()
    {
        var (late, plain, waiting) = (await Stored(), await Stored(), await Stored());
        await QueueExists("intake-note-status-on-ticket-status-changed");
        await QueueExists("intake-note-team-on-ticket-assigned");

        await Publish(Moved(late, 5, TicketStatus.Resolved));
        await Eventually.That(async () => await StatusOf(late) == "resolved");
        await Publish(
            Moved(late, 3, TicketStatus.Assigned),
            Moved("R26-9999999", 2, TicketStatus.Closed),
            Moved(plain, 2, TicketStatus.Assigned),
            Moved(plain, 4, TicketStatus.WaitingCustomer),
            Moved(plain, 3, TicketStatus.InProgress)
        );
        await Publish(
            Assigned(late, 9, "complaints"),
            Assigned(waiting, 2, "front-line"),
            Assigned(late, 4, "front-line")
        );

        await Eventually.That(async () => await StatusOf(plain) == "waiting_customer");
        await Eventually.That(async () => await StatusOf(waiting) == "new");
        (await StatusOf(late)).ShouldBe("resolved");
        await Eventually.That(async () =>
            await intake.Sql<string>("SELECT coalesce(team, '') FROM requests WHERE number = $1", late) == "complaints"
        );
        // Nine messages, each sent twice, are noted once each.
        await Eventually.That(async () =>
            (
                await intake.Sql<string>(
                    "SELECT string_agg(consumer || ' ' || n, ', ' ORDER BY consumer) FROM (SELECT consumer, count(*) AS n "
                        + "FROM messaging.inbox WHERE consumer LIKE 'intake-note-%' GROUP BY consumer) AS noted"
                )
            ).ShouldBe("intake-note-status-on-ticket-status-changed 6, intake-note-team-on-ticket-assigned 3")
        );
        (await StatusOf(late)).ShouldBe("resolved");

        var agent = intake.As("li.wei", "agent", teams: ["front-line"]);
        var shown = JsonNode.Parse(await agent.GetStringAsync($"/v1/requests/{waiting}"))!;
        ((string)shown["team"]!).ShouldBe("front-line");
    }

    [Fact]
    public async Task Published_policies_and_calendars_are_copied_once_and_count_at_once()
    {
        await intake.Shop().Accepted(ShopRequest.Example());
        await QueueExists("intake-copy-policy-on-sla-policy-published");
        await QueueExists("intake-copy-calendar-on-sla-calendar-published");
        var calendar = JsonSerializer.SerializeToElement(
            new
            {
                id = "short",
                zone = "Asia/Shanghai",
                week = new { sat = new[] { "09:00-09:30" }, sun = new[] { "09:00-09:30" } },
                holidays = Array.Empty<object>(),
                workdays = Array.Empty<object>(),
            }
        );
        var policy = JsonNode.Parse(Seed.DefaultPolicy)!;
        policy["calendar"] = "short";
        var published = JsonSerializer.SerializeToElement(policy);

        await Publish(new SlaPolicyPublished("default", 2, published, DateTimeOffset.UnixEpoch));
        await Publish(new SlaCalendarPublished("short", 1, calendar, DateTimeOffset.UnixEpoch));
        await Eventually.That(async () =>
            await intake.Sql<long>("SELECT count(*) FROM messaging.inbox WHERE consumer LIKE 'intake-copy-%'") == 2
        );

        (await intake.Sql<long>("SELECT count(*) FROM sla_policies")).ShouldBe(2);
        (await intake.Sql<long>("SELECT count(*) FROM sla_calendars")).ShouldBe(2);
        var answer = await intake.Shop().Accepted(ShopRequest.Example().With("urgency", "normal"));
        // Saturday 09:00: half an hour today, half an hour on Sunday.
        ((string)answer["promises"]![0]!["dueAt"]!).ShouldBe("2026-11-22T01:30:00Z");
    }
}
