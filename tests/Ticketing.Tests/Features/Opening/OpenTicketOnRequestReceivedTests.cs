using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Opening;

public sealed class OpenTicketOnRequestReceivedTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_request_that_arrives_again_opens_no_second_ticket()
    {
        var request = Requests.Of(world.Now);

        await world.Receive(request, request);
        await world.Receive(request);

        await using var db = world.Db();
        (await db.Tickets.CountAsync(t => t.RequestId == request.RequestId)).ShouldBe(1);
        (await world.Events(request.Number)).Count(e => e.Type == "TicketOpened").ShouldBe(1);
    }

    [Fact]
    public async Task Two_replicas_that_get_the_same_request_at_once_open_one_ticket()
    {
        var request = Requests.Of(world.Now);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(async _ => await Record.ExceptionAsync(() => world.Receive(request)))
        );

        // Whoever lost the race fails on the unique request and is retried by the bus.
        outcomes.Count(failure => failure is null).ShouldBeGreaterThanOrEqualTo(1);
        await using var db = world.Db();
        (await db.Tickets.CountAsync(t => t.RequestId == request.RequestId)).ShouldBe(1);
    }

    [Fact]
    public async Task Each_kind_of_work_reaches_its_people()
    {
        RequestReceived[] requests =
        [
            Requests.Of(world.Now),
            Requests.Of(world.Now, Category.Complaint, level: 3),
            Requests.Of(world.Now, Category.Complaint, level: 2),
            Requests.Of(world.Now, Category.Complaint, level: 1),
            Requests.Of(world.Now, Category.BusinessHandling, subcategory: Subcategory.OrderChange),
            Requests.Of(world.Now, Category.EmergencySupport, Urgency.Critical),
        ];

        await world.Receive(requests);

        var assignees = new List<string>();
        foreach (var request in requests)
            assignees.Add((string)(await world.Ticket(request.Number))["assignee"]!);
        assignees.ShouldBe(["li.wei", "li.wei", "wang.fang", "zhao.min", "zhou.jun", "chen.jie"]);
    }

    [Fact]
    public async Task The_clocks_start_when_the_customer_spoke_and_hold_to_what_was_promised()
    {
        var spoke = world.Now.AddMinutes(-7);
        var number = await world.Open(Requests.Of(spoke, Category.Complaint, Urgency.Urgent, level: 3));

        var clocks = System.Text.Json.Nodes.JsonNode.Parse(
            await world.LiWei.GetStringAsync($"/v1/tickets/{number}/sla")
        )!["clocks"]!.AsArray();

        clocks
            .Select(clock => ((string)clock!["clock"]!, (DateTimeOffset)clock["dueAt"]!))
            .ShouldBe(
                [
                    ("first_contact", spoke.AddMinutes(15)),
                    ("complaint_response", spoke.AddHours(4)),
                    ("resolution", spoke.AddHours(24)),
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Words_that_a_newer_intake_uses_become_careful_ones_of_ours()
    {
        var strange = Requests.Of(world.Now) with
        {
            Urgency = Urgency.Unknown,
            Channel = Channel.Unknown,
            Type = RequestType.Unknown,
            Classification = new(Category.Unknown, Subcategory.Unknown, 9, Emotion.Unknown, "r", 1, 0.1),
        };

        var ticket = await world.Ticket(await world.Open(strange));

        ((string)ticket["urgency"]!).ShouldBe("normal");
        ((string)ticket["category"]!).ShouldBe("general_inquiry");
        ticket["complaintLevel"].ShouldBeNull();
    }

    [Fact]
    public async Task Chinese_text_arrives_unharmed()
    {
        const string What = "耳机“左耳”没声音，😀 𠮷野家旁边的店买的\n第二行";
        var number = await world.Open(Requests.Of(world.Now, subject: "耳机𠮷无声", what: What));

        var ticket = await world.Ticket(number);

        ((string)ticket["subject"]!).ShouldBe("耳机𠮷无声");
        ((string)ticket["description"]!["what"]!).ShouldBe(What);
    }
}
