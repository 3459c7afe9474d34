using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features.Recovering;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Intake.Tests.Features.Recovering;

/// <summary>A bad answer comes back as a request of its own, once.</summary>
public class OpenRecoveryOnRecoveryRequestedTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static RecoveryRequested Wanted(
        Guid? customer,
        string? number = "R26-0000001",
        DateTimeOffset? at = null
    ) =>
        new(
            Guid.CreateVersion7(),
            2,
            customer,
            number,
            "low-dimension",
            1,
            "product",
            ["dimension:attitude<=2", "solved:no"],
            RequestType.Complaint,
            Urgency.Urgent,
            "zh-CN",
            "客户评价：不满意",
            "耳机用了两天就坏了",
            "earphones",
            "east",
            "SH-01",
            at ?? DateTimeOffset.UnixEpoch.AddYears(56)
        );

    private async Task<string> Open(RecoveryRequested wanted)
    {
        await using var scope = intake.Host.Services.CreateAsyncScope();
        var slice = ActivatorUtilities.CreateInstance<OpenRecoveryOnRecoveryRequested>(scope.ServiceProvider);
        var answer = await slice.Open(wanted, TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(answer.Body)!["number"]!;
    }

    [Fact]
    public async Task It_is_a_request_of_the_same_customer_with_promises_and_the_way_back_to_its_response()
    {
        var shop = intake.Shop();
        var first = (string)(await shop.Accepted(ShopRequest.Example()))["number"]!;
        var customer = await intake.Sql<Guid>("SELECT customer_id FROM requests WHERE number = $1", first);
        var wanted = Wanted(customer, first, intake.Clock.GetUtcNow().AddSeconds(-5));

        var number = await Open(wanted);

        var shown = JsonNode.Parse(await intake.As("zhao.min", "manager").GetStringAsync($"/v1/requests/{number}"))!;
        ((string)shown["source"]!).ShouldBe("survey");
        ((string)shown["externalId"]!).ShouldBe(wanted.ResponseId.ToString());
        ((string)shown["recordedBy"]!).ShouldBe("survey");
        ((string)shown["channel"]!).ShouldBe("survey");
        ((string)shown["type"]!).ShouldBe("complaint");
        ((string)shown["category"]!).ShouldBe("complaint");
        ((Guid)shown["customer"]!["id"]!).ShouldBe(customer);
        ((string)shown["customer"]!["externalId"]!).ShouldBe("C-77");
        ((string)shown["attributes"]!["department"]!).ShouldBe("product");
        ((string)shown["attributes"]!["recovery_of"]!).ShouldBe(first);
        ((DateTimeOffset)shown["receivedAt"]!).ShouldBe(wanted.OccurredAt);
        shown["promises"]!
            .AsArray()
            .Select(p => (string)p!["clock"]!)
            .ShouldBe(["first_contact", "complaint_response"]);

        var told = JsonNode.Parse(
            await intake.Sql<string>(
                "SELECT convert_from(body, 'UTF8') FROM messaging.outbox WHERE subject = $1",
                (string)shown["id"]!
            )
        )!["message"]!;
        ((string)told["externalId"]!).ShouldBe(wanted.ResponseId.ToString());
        ((string)told["attributes"]!["department"]!).ShouldBe("product");
        (await Open(wanted)).ShouldBe(number);
    }

    [Fact]
    public async Task A_response_without_a_customer_is_somebodys_nobody_knows()
    {
        var number = await Open(Wanted(customer: null, number: null));
        var again = await Open(Wanted(customer: Guid.CreateVersion7(), number: null));
        foreach (var one in (string[])[number, again])
        {
            var shown = JsonNode.Parse(await intake.As("zhao.min", "manager").GetStringAsync($"/v1/requests/{one}"))!;
            shown["customer"]!["name"].ShouldBeNull();
            shown["attributes"]!.AsObject().ContainsKey("recovery_of").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Long_words_are_cut_not_refused()
    {
        var number = await Open(
            Wanted(null) with
            {
                Subject = new string('长', 500),
                What = new string('长', 9000),
                Reasons = [.. Enumerable.Range(0, 200).Select(i => $"dimension:d{i}<=2")],
            }
        );
        number.ShouldStartWith("R26-");
    }

    [Fact]
    public async Task Over_the_broker_it_is_one_request_however_often_it_is_delivered_to_two_replicas()
    {
        await using var database = await TestDatabase.For<IntakeDbContext>();
        var broker = await TestBroker.Claim();
        await using var one = new ServiceHost<IntakeDbContext>(database, broker);
        await using var other = new ServiceHost<IntakeDbContext>(database, broker);
        (one.Client(), other.Client()).ShouldNotBe(default);
        var wanted = Enumerable.Range(0, 5).Select(_ => Wanted(null)).ToArray();
        await using (var db = database.Context())
        {
            for (var i = 0; i < 3; i++)
            {
                foreach (var message in wanted)
                    db.Publish(message);
            }
            await db.SaveChangesAsync();
        }

        await Eventually.That(
            async () =>
                await Count(database, "messaging.inbox WHERE consumer = 'intake-open-recovery-on-recovery-requested'")
                == 15,
            within: TimeSpan.FromSeconds(240)
        );
        (await Count(database, "requests WHERE source = 'survey'")).ShouldBe(5);
        (await Count(database, "request_texts")).ShouldBe(5);
    }

    private static async Task<long> Count(TestDatabase database, string from)
    {
        await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand($"SELECT count(*) FROM {from}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
