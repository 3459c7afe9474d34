using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>The clocks of a ticket as the API shows them, moved by commands.</summary>
public sealed class SlaOfTicketTests(World world) : IClassFixture<World>
{
    private async Task<List<JsonNode>> Clocks(string number, string path = "sla")
    {
        var answer = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/{path}"))!;
        return [.. answer["clocks"]!.AsArray().Select(clock => clock!)];
    }

    private async Task<JsonNode> Clock(string number, string name, int episode = 1, string path = "sla") =>
        (await Clocks(number, path)).Last(clock =>
            (string)clock["clock"]! == name && (path != "sla" || (int)clock["episode"]! == episode)
        );

    private static DateTimeOffset? At(JsonNode clock, string member) => (DateTimeOffset?)clock[member];

    private async Task Patch(string number, object change)
    {
        using var ticket = await world.Manager.GetAsync($"/v1/tickets/{number}");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(change),
        };
        request.Headers.IfMatch.Add(ticket.Headers.ETag!);
        using var answer = await world.Manager.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_new_ticket_shows_every_deadline_whole()
    {
        var number = await world.Complaint();
        (await Clocks(number))
            .Select(clock => (string)clock["clock"]!)
            .ShouldBe(["first_contact", "complaint_response", "resolution"], ignoreOrder: true);

        var start = world.Now;
        world.Clock.Advance(TimeSpan.FromSeconds(182));
        var contact = await Clock(number, "first_contact");
        ((string)contact["state"]!).ShouldBe("running");
        ((string)contact["target"]!, (string)contact["consumed"]!, (string)contact["remaining"]!).ShouldBe(
            ("PT1H", "PT3M2S", "PT56M58S")
        );
        contact["policy"]!.ToJsonString().ShouldBe("""{"id":"default","version":1}""");
        contact["calendar"]!.ToJsonString().ShouldBe("""{"id":"always","version":1}""");
        At(contact, "dueAt").ShouldBe(start.AddHours(1));
        (contact["metAt"], contact["breachedAt"], contact["breachCause"]).ShouldBe((null, null, null));
        ((string)contact["owner"]!).ShouldBe("li.wei");
        contact["marks"]!.AsArray().ShouldBeEmpty();
        contact
            .AsObject()
            .Select(member => member.Key)
            .ShouldBe([
                "clock",
                "instance",
                "episode",
                "state",
                "policy",
                "calendar",
                "startedAt",
                "target",
                "consumed",
                "remaining",
                "dueAt",
                "metAt",
                "breachedAt",
                "breachCause",
                "owner",
                "marks",
                "collaboration",
            ]);
    }

    [Fact]
    public async Task The_loop_of_commands_moves_the_clocks_as_the_table_says()
    {
        var number = await world.Complaint();
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "no_answer" });
        ((string)(await Clock(number, "first_contact"))["state"]!).ShouldBe("running");
        await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "reached" });
        ((string)(await Clock(number, "first_contact"))["state"]!).ShouldBe("met");
        ((string)(await Clock(number, "progress_update"))["state"]!).ShouldBe("running");

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await World.Do(world.LiWei, number, "responses", new { kind = "handling_opinion", text = "我们会补发" });
        At(await Clock(number, "complaint_response"), "metAt").ShouldBe(world.Now);
        var estimate = world.Now.AddHours(5);
        await World.Do(world.LiWei, number, "progress", new { reason = "仓库盘点", newEstimate = estimate });
        At(await Clock(number, "progress_update"), "dueAt").ShouldBe(estimate);

        await World.Do(world.LiWei, number, "pauses", new { reason = "waiting_customer" });
        var resolution = await Clock(number, "resolution");
        ((string)resolution["state"]!, At(resolution, "dueAt")).ShouldBe(("paused", null));
        world.Clock.Advance(TimeSpan.FromHours(3));
        (await world.LiWei.DeleteAsync($"/v1/tickets/{number}/pauses/current")).EnsureSuccessStatusCode();
        ((string)(await Clock(number, "resolution"))["consumed"]!).ShouldBe("PT20M");

        await World.Do(world.LiWei, number, "resolutions", new { solution = "已补发", firstContactResolution = false });
        (await Clocks(number)).ShouldAllBe(clock =>
            (string)clock["state"]! == ((string)clock["clock"]! == "complaint_follow_up" ? "running" : "met")
        );
        world.Clock.Advance(TimeSpan.FromDays(3));
        await World.Do(world.LiWei, number, "confirmations", new { solved = false, note = "还没收到" });
        var again = await Clock(number, "resolution", episode: 2);
        ((string)again["state"]!, (string)again["consumed"]!).ShouldBe(("running", "PT0S"));
        ((string)(await Clock(number, "complaint_response", episode: 2))["state"]!).ShouldBe("running");

        var events = (await world.Events(number)).Select(e => e.Type).ToList();
        events.ShouldContain("SlaClockPaused");
        events.ShouldContain("SlaClockResumed");
        (await world.Events(number))
            .Select(e => e.Message.GetProperty("version").GetInt32())
            .ShouldBe(Enumerable.Range(1, events.Count));
    }

    [Fact]
    public async Task Of_two_updates_at_one_instant_the_last_promise_is_listed_last()
    {
        var number = await world.InProgress();
        for (var update = 0; update < 6; update++)
            await World.Do(world.LiWei, number, "responses", new { kind = "answer", text = "处理中" });

        var progress = (await Clocks(number)).Where(clock => (string)clock["clock"]! == "progress_update").ToList();
        progress.Count.ShouldBe(7);
        progress.Take(6).ShouldAllBe(clock => (string)clock["state"]! == "met");
        ((string)progress[^1]["state"]!).ShouldBe("running");
    }

    [Fact]
    public async Task An_upgrade_past_the_new_target_is_a_breach_at_that_moment()
    {
        var number = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await Patch(number, new { urgency = "urgent" });

        var contact = await Clock(number, "first_contact");
        ((string)contact["state"]!, (string)contact["breachCause"]!, (string)contact["target"]!).ShouldBe(
            ("breached", "retarget", "PT15M")
        );
        At(contact, "breachedAt").ShouldBe(world.Now);
        At(contact, "dueAt").ShouldBe(world.Now.AddMinutes(-5));
        var types = (await world.Events(number)).Select(e => e.Type).ToList();
        types.Count(type => type == "SlaBreached").ShouldBe(1);
        types.ShouldContain("SlaClockRetargeted");

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "reached" });
        var late = await Clock(number, "first_contact");
        ((string)late["state"]!, At(late, "metAt")).ShouldBe(("breached", world.Now));
    }

    [Fact]
    public async Task Recognised_late_a_complaint_counts_since_receipt_and_is_flagged()
    {
        var number = await world.Inquiry();
        var start = world.Now;
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await Patch(number, new { category = "complaint" });
        var response = await Clock(number, "complaint_response");
        (At(response, "startedAt"), At(response, "dueAt")).ShouldBe((start, start.AddHours(4)));
        response["marks"]!.ToJsonString().ShouldBe("""["late_classification"]""");
    }

    [Fact]
    public async Task A_request_from_the_past_is_due_when_a_person_computes_it_and_overdue_at_once()
    {
        var received = world.Now.AddHours(-30);
        var number = await world.Open(Requests.Of(received, urgency: Urgency.Urgent));
        var resolution = await Clock(number, "resolution");
        ((string)resolution["state"]!, At(resolution, "breachedAt"), (string)resolution["remaining"]!).ShouldBe(
            ("breached", received.AddHours(24), "PT0S")
        );
        (await world.Events(number))
            .Where(e => e.Type == "SlaBreached")
            .Select(e => e.Message.GetProperty("breachedAt").GetDateTimeOffset())
            .ShouldBe([received.AddMinutes(15), received.AddHours(24)]);
        (await world.Kinds(number)).ShouldContain("escalated");
    }

    [Fact]
    public async Task The_ledger_accounts_for_every_minute_and_names_who_paused()
    {
        var number = await world.InProgress();
        var start = world.Now;
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await World.Do(world.LiWei, number, "pauses", new { reason = "waiting_customer" });
        world.Clock.Advance(TimeSpan.FromMinutes(20));

        var resolution = await Clock(number, "resolution", path: "sla/explain");
        resolution["segments"]!
            .AsArray()
            .Select(s =>
                (
                    (string)s!["kind"]!,
                    (string)s["counted"]!,
                    (string)s["because"]!,
                    (DateTimeOffset)s["from"]!,
                    (DateTimeOffset)s["to"]!
                )
            )
            .ShouldBe([
                ("running", "PT10M", "request received", start, start.AddMinutes(10)),
                ("paused", "PT0S", "paused: waiting_customer by li.wei", start.AddMinutes(10), start.AddMinutes(30)),
            ]);
    }

    [Theory]
    [InlineData("/v1/tickets/R26-9999999/sla")]
    [InlineData("/v1/tickets/R26-9999999/sla/explain")]
    public async Task Unknown_is_404(string path) =>
        (await world.Manager.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Not_yours_is_404_and_an_unknown_parameter_400()
    {
        var number = await world.Inquiry();
        var stranger = world.As("sun.li", ["agent"], "product-support");
        foreach (var path in new[] { "sla", "sla/explain" })
        {
            (await stranger.GetAsync($"/v1/tickets/{number}/{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await world.Manager.GetAsync($"/v1/tickets/{number}/{path}?verbose=1")).StatusCode.ShouldBe(
                HttpStatusCode.BadRequest
            );
        }
    }
}
