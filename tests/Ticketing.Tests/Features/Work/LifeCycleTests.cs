using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

public sealed class LifeCycleTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_request_becomes_a_ticket_that_the_customer_confirms_as_solved()
    {
        var number = await world.Inquiry();

        var opened = await World.Ticket(world.LiWei, number);
        ((string)opened["status"]!).ShouldBe("assigned");
        ((string)opened["assignee"]!).ShouldBe("li.wei");
        ((string)opened["accountableOwner"]!).ShouldBe("li.wei");
        ((string)opened["subject"]!).ShouldBe("订单漏发");

        var contacted = await World.Do(
            world.LiWei,
            number,
            "contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "已联系",
            }
        );
        ((string)contacted["status"]!).ShouldBe("in_progress");
        var resolved = await World.Do(
            world.LiWei,
            number,
            "resolutions",
            new { solution = "已补发", firstContactResolution = true }
        );
        ((string)resolved["status"]!).ShouldBe("resolved");
        var closed = await World.Do(world.LiWei, number, "confirmations", new { solved = true, note = "谢谢" });
        ((string)closed["status"]!).ShouldBe("closed");
        ((string)closed["confirmation"]!).ShouldBe("confirmed");

        var told = await world.Kinds(number);
        told.Where(kind => !kind.StartsWith("sla_", StringComparison.Ordinal))
            .ShouldBe(["opened", "automatic", "contact", "resolved", "confirmed", "closed"]);
    }

    [Fact]
    public async Task Versions_of_a_tickets_events_have_no_gaps()
    {
        var number = await world.Closed();

        var events = await world.Events(number);
        events.Select(e => e.Message.GetProperty("version").GetInt32()).ShouldBe(Enumerable.Range(1, events.Count));
        events
            .Select(e => e.Type)
            .ShouldBe([
                "TicketOpened",
                "TicketAssigned",
                "TicketStatusChanged",
                "SlaClockStarted",
                "SlaClockStarted",
                "CustomerContacted",
                "TicketStatusChanged",
                "SlaClockMet",
                "SlaClockStarted",
                "TicketResolved",
                "TicketStatusChanged",
                "SlaClockMet",
                "SlaClockMet",
                "ResolutionConfirmed",
                "TicketStatusChanged",
                "TicketClosed",
                "SlaClockStarted",
            ]);
    }

    [Fact]
    public async Task Rejecting_a_closed_ticket_begins_a_new_episode()
    {
        var number = await world.Closed();

        var reopened = await World.Do(
            world.LiWei,
            number,
            "confirmations",
            new { solved = false, note = "还是没收到" }
        );

        ((string)reopened["status"]!).ShouldBe("in_progress");
        ((int)reopened["episode"]!).ShouldBe(2);
        ((string)reopened["confirmation"]!).ShouldBe("rejected");
        reopened["closedAt"].ShouldBeNull();
    }

    [Fact]
    public async Task After_the_reopen_window_a_closed_ticket_stays_closed()
    {
        var number = await world.Closed();
        world.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        using var answer = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/confirmations",
            new { solved = false }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)problem["code"]!).ShouldBe("reopen_window_over");
    }

    [Fact]
    public async Task A_complaint_stays_resolved_until_its_summary_is_written()
    {
        var number = await world.Resolved(await world.Complaint());

        var confirmed = await World.Do(world.LiWei, number, "confirmations", new { solved = true });
        ((string)confirmed["status"]!).ShouldBe("resolved");
        ((string)confirmed["confirmation"]!).ShouldBe("confirmed");
        ((bool)confirmed["caseSummaryMissing"]!).ShouldBeTrue();

        var again = await World.Do(world.LiWei, number, "confirmations", new { solved = true });
        ((int)again["version"]!).ShouldBe((int)confirmed["version"]!);

        var closed = await World.Do(
            world.LiWei,
            number,
            "case-summary",
            new
            {
                cause = "漏装",
                fiveWhys = new[] { "拣货漏项", "无复核" },
                wentWell = "回复快",
                improve = "加复核",
            }
        );
        ((string)closed["status"]!).ShouldBe("closed");
        var told = (await world.Events(number)).Where(e => e.Type == "ResolutionConfirmed").ShouldHaveSingleItem();
        told.Message.GetProperty("recordedBy").GetString().ShouldBe("shop");
    }

    [Fact]
    public async Task Confirmed_again_it_closes_where_no_summary_is_asked_for_any_more()
    {
        var number = await world.Resolved(await world.Complaint());
        await World.Do(world.LiWei, number, "confirmations", new { solved = true });
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(new { category = "general_inquiry" }),
        };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{(int)(await world.Ticket(number))["version"]!}\"");
        using var patched = await world.LiWei.SendAsync(request);
        patched.EnsureSuccessStatusCode();
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("resolved");

        var closed = await World.Do(world.LiWei, number, "confirmations", new { solved = true });

        ((string)closed["status"]!, (string)closed["confirmation"]!).ShouldBe(("closed", "confirmed"));
        var types = (await world.Events(number)).ConvertAll(e => e.Type);
        (types.Count(type => type == "ResolutionConfirmed"), types.Count(type => type == "TicketClosed")).ShouldBe(
            (1, 1)
        );
    }

    [Fact]
    public async Task A_summary_written_in_time_lets_a_complaint_close_at_once()
    {
        var number = await world.Resolved(await world.Complaint());
        await World.Do(
            world.LiWei,
            number,
            "case-summary",
            new
            {
                cause = "漏装",
                fiveWhys = new[] { "拣货漏项" },
                wentWell = "回复快",
                improve = "加复核",
            }
        );

        var closed = await World.Do(world.LiWei, number, "confirmations", new { solved = true });

        ((string)closed["status"]!).ShouldBe("closed");
    }

    [Fact]
    public async Task What_a_state_does_not_allow_is_refused_with_what_it_does()
    {
        var number = await world.Closed();

        using var answer = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/contacts",
            new { channel = "phone", outcome = "reached" }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)problem["code"]!).ShouldBe("illegal_transition");
        ((string)problem["state"]!).ShouldBe("closed");
        problem["allowed"]!.AsArray().Select(word => (string)word!).ShouldContain("confirm_not_solved");
    }
}
