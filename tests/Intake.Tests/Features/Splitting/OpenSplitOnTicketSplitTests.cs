using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features.Splitting;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Intake.Tests.Features.Splitting;

/// <summary>A part of a ticket comes in as a request of its own, once, under the number that it was given.</summary>
public class OpenSplitOnTicketSplitTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static TicketSplit SplitOf(string number, Guid customer, DateTimeOffset receivedAt) =>
        new(
            Guid.CreateVersion7(),
            number,
            7,
            Guid.CreateVersion7(),
            $"{number}-2",
            customer,
            "shop-system",
            Channel.App,
            RequestType.AfterSales,
            Urgency.Urgent,
            "zh-CN",
            "发票抬头错误",
            new("发票抬头写错了，请重开", "上周", null, "重开发票"),
            "earphones",
            null,
            "A-1001",
            ServiceStage.AfterSale,
            "east",
            "SH-01",
            receivedAt,
            "li.wei",
            receivedAt.AddHours(1)
        );

    private async Task<(string Number, int Status)> Open(TicketSplit split)
    {
        await using var scope = intake.Host.Services.CreateAsyncScope();
        var slice = ActivatorUtilities.CreateInstance<OpenSplitOnTicketSplit>(scope.ServiceProvider);
        var answer = await slice.Open(split, TestContext.Current.CancellationToken);
        return ((string)JsonNode.Parse(answer.Body)!["number"]!, answer.Status);
    }

    [Fact]
    public async Task It_is_one_request_of_the_same_customer_and_client_received_when_the_customer_spoke()
    {
        var shop = intake.Shop();
        var first = (string)(await shop.Accepted(ShopRequest.Example()))["number"]!;
        var customer = await intake.Sql<Guid>("SELECT customer_id FROM requests WHERE number = $1", first);
        var split = SplitOf(first, customer, intake.Clock.GetUtcNow().AddHours(-3));

        var opened = await Task.WhenAll(Open(split), Open(split));
        opened.ShouldAllBe(answer => answer.Number == $"{first}-2");
        (await Open(split)).ShouldBe(($"{first}-2", (int)HttpStatusCode.OK));
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM requests WHERE source = 'split' AND external_id = $1",
                split.SplitId.ToString()
            )
        ).ShouldBe(1);

        // The client that brought the first request sees the part too.
        var shown = JsonNode.Parse(await shop.GetStringAsync($"/v1/requests/{first}-2"))!;
        ((string)shown["source"]!).ShouldBe("split");
        ((string)shown["type"]!).ShouldBe("after_sales");
        ((string)shown["urgency"]!).ShouldBe("urgent");
        ((Guid)shown["customer"]!["id"]!).ShouldBe(customer);
        ((string)shown["attributes"]!["split_from"]!).ShouldBe(first);
        ((DateTimeOffset)shown["receivedAt"]!).ShouldBe(split.ReceivedAt);

        var told = JsonNode.Parse(
            await intake.Sql<string>(
                "SELECT convert_from(body, 'UTF8') FROM messaging.outbox WHERE subject = $1",
                (string)shown["id"]!
            )
        )!["message"]!;
        ((string)told["externalId"]!).ShouldBe(split.SplitId.ToString());
        ((string)told["source"]!).ShouldBe("split");
        ((string)told["number"]!).ShouldBe($"{first}-2");
    }

    [Fact]
    public async Task Nobody_else_brings_requests_of_this_source()
    {
        var form = ShopRequest.Example();
        form["source"] = "split";
        using var answer = await intake.Shop().PostAsJsonAsync("/v1/requests", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("source_reserved");
    }

    [Fact]
    public async Task Over_the_broker_it_is_one_request_however_often_it_is_delivered_to_two_replicas()
    {
        await using var database = await TestDatabase.For<IntakeDbContext>();
        var broker = await TestBroker.Claim();
        await using var one = new ServiceHost<IntakeDbContext>(database, broker);
        await using var other = new ServiceHost<IntakeDbContext>(database, broker);
        (one.Client(), other.Client()).ShouldNotBe(default);
        var splits = Enumerable
            .Range(1, 5)
            .Select(i => SplitOf($"R26-000000{i}", Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddYears(56)))
            .ToArray();
        await using (var db = database.Context())
        {
            for (var i = 0; i < 3; i++)
            {
                foreach (var split in splits)
                    db.Publish(split);
            }
            await db.SaveChangesAsync();
        }

        await Eventually.That(
            async () =>
                await Count(database, "messaging.inbox WHERE consumer = 'intake-open-split-on-ticket-split'") == 15,
            within: TimeSpan.FromSeconds(240)
        );
        (await Count(database, "requests WHERE source = 'split' AND number LIKE 'R26-000000_-2'")).ShouldBe(5);
    }

    private static async Task<long> Count(TestDatabase database, string from)
    {
        await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand($"SELECT count(*) FROM {from}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
