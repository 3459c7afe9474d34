using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using ContractOf = CustomerFeedback.Contracts.Ticketing.TicketSplit;

namespace CustomerFeedback.Ticketing.Tests.Features.Relating;

/// <summary>A part of a ticket becomes a ticket of its own, by the front door, once.</summary>
public sealed class SplitTicketTests(World world) : IClassFixture<World>
{
    private static readonly object Invoice = new
    {
        subject = "发票抬头错误",
        description = new { what = "发票抬头写错了，请重开", expectation = "重开发票" },
        type = "after_sales",
    };

    private Task<HttpResponseMessage> Split(string number, object body) =>
        world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/splits", body);

    private async Task<string> SplitOff(string number)
    {
        using var answer = await Split(number, Invoice);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["number"]!;
    }

    private async Task<ContractOf> Told(string number, string part)
    {
        var message = (await world.Events(number))
            .Where(e => e.Type == "TicketSplit")
            .Select(e => e.Message.Deserialize<ContractOf>(MessagingJson.Options)!);
        return message.Single(split => split.SplitNumber == part);
    }

    // What Intake makes of it.
    private static RequestReceived RequestOf(ContractOf split)
    {
        var request = Requests.Of(split.ReceivedAt, subject: split.Subject, recordedBy: split.RecordedBy);
        return request with
        {
            Number = split.SplitNumber,
            Source = "split",
            ExternalId = split.SplitId.ToString(),
            Customer = request.Customer with { CustomerId = split.CustomerId },
        };
    }

    private async Task<List<(string Number, string Kind)>> Links(string number)
    {
        var page = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{number}/links"))!;
        return [.. page["items"]!.AsArray().Select(link => ((string)link!["number"]!, (string)link["kind"]!))];
    }

    [Fact]
    public async Task The_part_is_announced_with_all_that_Intake_needs_and_no_address()
    {
        var number = await world.InProgress();
        world.Clock.Advance(TimeSpan.FromHours(2));
        using var answer = await Split(number, Invoice);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.Headers.Location!.OriginalString.ShouldBe($"/v1/tickets/{number}-2");
        var begun = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)begun["number"]!, (string)begun["from"]!).ShouldBe(($"{number}-2", number));

        var split = await Told(number, $"{number}-2");
        var ticket = await world.Ticket(number);
        split.SplitId.ToString().ShouldBe((string)begun["id"]!);
        split.CustomerId.ShouldBe((Guid)ticket["customer"]!["id"]!);
        split.ReceivedAt.ShouldBe((DateTimeOffset)ticket["receivedAt"]!);
        (split.Subject, split.Description.What).ShouldBe(("发票抬头错误", "发票抬头写错了，请重开"));
        (split.Type, split.Urgency).ShouldBe((Contracts.RequestType.AfterSales, Contracts.Urgency.Normal));
        (split.RecordedBy, split.OrderRef, split.Store).ShouldBe(("shop", "A-1001", "SH-01"));
        var line = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "split_off");
        ((string)line["details"]!["number"]!).ShouldBe($"{number}-2");
        ((string)line["text"]!).ShouldContain("发票抬头错误");
        ((string)ticket["status"]!).ShouldBe("in_progress", "its own work goes on");
        (await Links(number)).ShouldBeEmpty("there is no ticket yet");

        (await SplitOff(number)).ShouldBe($"{number}-3");
    }

    [Fact]
    public async Task Its_ticket_opens_once_and_is_linked_from_both_sides()
    {
        var number = await world.InProgress();
        var part = await SplitOff(number);
        var request = RequestOf(await Told(number, part));
        await world.Receive(request);
        await world.Receive(request); // delivered twice
        await world.Receive(Requests.Of(world.Now), request);

        (await Links(number)).ShouldBe([(part, "split_into")]);
        (await Links(part)).ShouldBe([(number, "split_from")]);
        var opened = await world.Timeline(part);
        opened.Select(line => (string)line["kind"]!).Take(2).ShouldBe(["opened", "split_from"]);
        ((string)opened[1]["details"]!["number"]!).ShouldBe(number);
        ((DateTimeOffset)(await world.Ticket(part))["receivedAt"]!).ShouldBe(
            (DateTimeOffset)(await world.Ticket(number))["receivedAt"]!
        );
        (await world.Events(part)).Count(e => e.Type == "TicketOpened").ShouldBe(1);
        (await world.LiWei.DeleteAsync($"/v1/tickets/{part}/links/{number}")).StatusCode.ShouldBe(
            HttpStatusCode.Conflict
        );
    }

    [Fact]
    public async Task What_was_merged_by_mistake_comes_back_as_a_ticket_of_its_own()
    {
        var customer = Guid.CreateVersion7();
        var numbers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var request = Requests.Of(world.Now);
            numbers.Add(await world.Open(request with { Customer = request.Customer with { CustomerId = customer } }));
        }
        await World.Do(world.LiWei, numbers[0], "merges", new { into = numbers[1] });

        var part = await SplitOff(numbers[0]);
        await world.Receive(RequestOf(await Told(numbers[0], part)));

        ((string)(await world.Ticket(part))["status"]!).ShouldBe("assigned");
        (await Links(numbers[0])).ShouldBe([(part, "split_into"), (numbers[1], "merged_into")], ignoreOrder: true);
    }

    [Fact]
    public async Task Parts_split_off_at_once_get_numbers_of_their_own()
    {
        var number = await world.Inquiry();
        var parts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SplitOff(number)));
        parts.Order().ShouldBe(Enumerable.Range(2, 6).Select(i => $"{number}-{i}"));
    }

    [Fact]
    public async Task The_same_key_splits_once()
    {
        var number = await world.Inquiry();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/tickets/{number}/splits")
            {
                Content = JsonContent.Create(Invoice),
            };
            request.Headers.Add("Idempotency-Key", $"split-{number}");
            using var answer = await world.LiWei.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"{number}-2");
        }
        (await world.Events(number)).Count(e => e.Type == "TicketSplit").ShouldBe(1);
    }

    [Fact]
    public async Task A_part_says_what_it_is_about_and_is_split_off_by_who_sees_the_ticket()
    {
        var number = await world.Inquiry();
        using var empty = await Split(
            number,
            new { subject = new string('长', 201), description = new { when = "昨天" } }
        );
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await empty.Content.ReadAsStringAsync())!["errors"]!
            .AsArray()
            .Select(error => (string)error!["pointer"]!)
            .ShouldBe(["/subject", "/description/what"]);

        using var stranger = await world
            .As("zhou.jun", ["agent"], "order-service")
            .PostAsJsonAsync($"/v1/tickets/{number}/splits", Invoice);
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.Kinds(number)).ShouldNotContain("split_off");
    }
}
