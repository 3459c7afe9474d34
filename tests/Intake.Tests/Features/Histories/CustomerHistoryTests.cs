using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Features.Histories;
using CustomerFeedback.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Intake.Tests.Features.Histories;

/// <summary>The customer's file: requests and what became of them, in order, each once.</summary>
public class CustomerHistoryTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static int next;

    private HttpClient Manager => intake.As("zhao.min", "manager");

    private static Envelope Told(object message, Guid? id = null) =>
        new(
            id ?? Guid.CreateVersion7(),
            $"{message.GetType().Namespace}:{message.GetType().Name}",
            JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), MessagingJson.Options)
        );

    private async Task<int> Hear(params Envelope[] batch)
    {
        await using var scope = intake.Host.Services.CreateAsyncScope();
        return await ActivatorUtilities
            .CreateInstance<KeepHistory>(scope.ServiceProvider)
            .Consume(batch, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> File(HttpClient by, string customer, string query = "") =>
        JsonNode.Parse(await by.GetStringAsync($"/v1/customers/{customer}/history{query}"))!;

    private static string[] Kinds(JsonNode file) =>
        [.. file["items"]!.AsArray().Select(line => (string)line!["kind"]!)];

    /// <summary>A customer of their own with one request.</summary>
    private async Task<(string Customer, string Number, Guid Id, DateTimeOffset At)> Requested(
        string shop = "shop-system"
    )
    {
        var customer = $"H-{Interlocked.Increment(ref next)}";
        var body = ShopRequest.Example().With("source", shop);
        body["customer"]!["externalId"] = customer;
        body["customer"]!["phone"] = $"1390000{next:0000}";
        var number = (string)(await intake.Shop(shop).Accepted(body))["number"]!;
        var id = await intake.Sql<Guid>("SELECT customer_id FROM requests WHERE number = $1", number);
        return (customer, number, id, new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero));
    }

    private static object[] Story(Guid customer, string number, DateTimeOffset at)
    {
        var ticket = Guid.CreateVersion7();
        return
        [
            new CustomerContacted(
                ticket,
                number,
                4,
                customer,
                Channel.Phone,
                "reached",
                true,
                "li.wei",
                at.AddMinutes(10)
            ),
            new TicketResolved(
                ticket,
                number,
                6,
                customer,
                1,
                false,
                "li.wei",
                "front-line",
                at.AddHours(1),
                Solution: "已补发"
            ),
            new ResolutionConfirmed(
                ticket,
                number,
                8,
                customer,
                1,
                Confirmation.Confirmed,
                true,
                new(
                    RequestType.Complaint,
                    Category.Complaint,
                    Subcategory.Logistics,
                    3,
                    Urgency.Urgent,
                    false,
                    Channel.App,
                    Segment.Vip,
                    "zh-CN",
                    null,
                    null,
                    null,
                    null,
                    "front-line",
                    "li.wei"
                ),
                at.AddHours(2)
            ),
            new TicketClosed(ticket, number, 9, customer, 1, Confirmation.Confirmed, at.AddHours(3)),
            new SurveyCompleted(
                Guid.CreateVersion7(),
                1,
                Guid.CreateVersion7(),
                "ticket-satisfaction",
                1,
                customer,
                number,
                1,
                SurveyMode.Online,
                "zh-CN",
                "SH-01",
                null,
                [
                    new("overall", QuestionType.Rating, "overall", false, 5, 5, [], null),
                    new("comment", QuestionType.Text, null, false, null, null, [], "很快"),
                ],
                40,
                [],
                false,
                at.AddHours(26)
            ),
        ];
    }

    [Fact]
    public async Task What_became_of_a_request_stands_in_the_file_newest_first_and_once()
    {
        var (customer, number, id, at) = await Requested();
        var told = Story(id, number, at).Select(message => Told(message)).Reverse().ToArray();
        (await Hear([.. told, told[0]])).ShouldBe(5);
        (await Hear(told)).ShouldBe(0);

        var file = await File(Manager, customer);
        ((Guid)file["customer"]!["id"]!, (bool)file["customer"]!["masked"]!).ShouldBe((id, true));
        Kinds(file).ShouldBe(["survey_answered", "closed", "confirmation", "resolved", "contact", "request"]);
        file["items"]!.AsArray().ShouldAllBe(line => (string)line!["ticket"]! == number);
        var answered = file["items"]![0]!["details"]!;
        ((string)answered["questionnaireId"]!).ShouldBe("ticket-satisfaction");
        answered["answers"]!
            .AsArray()
            .Select(a => (string)a!["question"]! + (a["value"] ?? a["text"]))
            .ShouldBe(["overall5", "comment很快"]);
        ((string)file["items"]![3]!["details"]!["solution"]!).ShouldBe("已补发");
        ((string)file["items"]![5]!["details"]!["subject"]!).ShouldBe("订单漏发");
    }

    [Fact]
    public async Task Pages_run_through_requests_and_what_became_of_them_without_gap_or_repetition()
    {
        var (customer, number, id, at) = await Requested();
        await Hear([.. Story(id, number, at).Select(message => Told(message))]);
        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await File(Manager, customer, "?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"));
            seen.AddRange(Kinds(page));
            cursor = (string?)page["nextCursor"];
        } while (cursor is not null);
        seen.ShouldBe(["survey_answered", "closed", "confirmation", "resolved", "contact", "request"]);
    }

    [Fact]
    public async Task A_caller_finds_what_belongs_to_requests_that_the_caller_sees()
    {
        var (customer, number, id, at) = await Requested("first-shop");
        await Hear([.. Story(id, number, at).Select(message => Told(message))]);
        Kinds(await File(intake.Shop("first-shop"), customer)).Length.ShouldBe(6);
        Kinds(await File(intake.Shop("second-shop"), customer)).ShouldBeEmpty();
        Kinds(await File(intake.As("x", "agent", ["nobodys"]), customer)).ShouldBeEmpty();

        (await Manager.GetAsync("/v1/customers/nobody/history")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Manager.GetAsync($"/v1/customers/{customer}/history?kind=x")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await intake.As("x", "analyst").GetAsync($"/v1/customers/{customer}/history")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task A_survey_that_nobody_in_particular_answered_is_in_nobodys_file()
    {
        var (_, number, id, at) = await Requested();
        var anonymous = ((SurveyCompleted)Story(id, number, at)[^1]) with { CustomerId = null, Number = null };
        // It is handled all the same: nothing of it is left to do.
        (await Hear(Told(anonymous))).ShouldBe(1);
    }
}
