using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>
/// Of the cases that broke other systems those that involve the service, by their id; the others are tests of the engine. G24 is
/// <see cref="FireDueClocksTests"/>' race of two replicas.
/// </summary>
public sealed class SlaCasesTests(World world) : IClassFixture<World>
{
    private async Task<List<JsonNode>> Clocks(string number) =>
        [
            .. (await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}/sla"))!["clocks"]!
                .AsArray()
                .Select(clock => clock!),
        ];

    private async Task<JsonNode> Clock(string number, string name) =>
        (await Clocks(number)).Last(clock => (string)clock["clock"]! == name);

    private async Task CustomerWrites(string number, string text)
    {
        using var form = new FormUrlEncodedContent([new("text", text)]);
        var page = (string)(await world.Ticket(number))["statusUrl"]!;
        using var answer = await world.Host.Client().PostAsync($"{page}/messages", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task G11_thanks_after_a_resolution_start_no_clock()
    {
        var number = await world.Resolved();
        var before = (await Clocks(number)).Count;
        await CustomerWrites(number, "谢谢");
        (await Clocks(number)).Count.ShouldBe(before);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("resolved");
    }

    [Fact]
    public async Task G12_what_the_customer_writes_in_the_portal_ends_the_wait_and_the_clock_runs_on()
    {
        var number = await world.InProgress();
        await World.Do(world.LiWei, number, "pauses", new { reason = "waiting_customer" });
        ((string)(await Clock(number, "resolution"))["state"]!).ShouldBe("paused");
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await CustomerWrites(number, "订单号是 A-1001");
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var resolution = await Clock(number, "resolution");
        ((string)resolution["state"]!, (string)resolution["consumed"]!).ShouldBe(("running", "PT5M"));
    }

    [Fact]
    public async Task G22_a_deadline_is_an_instant_in_whichever_zone_it_was_asked_for()
    {
        var number = await world.InProgress();
        var there = world.Now.AddHours(5).ToOffset(TimeSpan.FromHours(-8));
        await World.Do(world.LiWei, number, "progress", new { reason = "仓库盘点", newEstimate = there });
        var progress = await Clock(number, "progress_update");
        ((string)progress["dueAt"]!, (string)progress["state"]!).ShouldBe(
            (world.Now.AddHours(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), "running")
        );
    }

    [Fact]
    public async Task G26_a_request_that_is_told_of_again_opens_one_ticket_with_one_set_of_clocks()
    {
        var request = Requests.Of(world.Now);
        await world.Receive(request);
        await world.Receive(request);
        await using var db = world.Db();
        var ticket = await db.Tickets.AsNoTracking().SingleAsync(ticket => ticket.RequestId == request.RequestId);
        (await db.Clocks.CountAsync(clock => clock.TicketId == ticket.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task G29_three_calls_without_an_answer_are_written_down_and_are_no_contact()
    {
        var number = await world.Inquiry();
        for (var call = 0; call < 3; call++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(5));
            await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "no_answer" });
        }
        ((string)(await Clock(number, "first_contact"))["state"]!).ShouldBe("running");
        (await world.Kinds(number)).Count(kind => kind == "contact").ShouldBe(3);
    }

    [Fact]
    public async Task G29_after_enough_attempts_somebody_in_charge_may_agree_that_it_was_tried_and_that_is_marked()
    {
        var number = await world.Inquiry();
        for (var call = 0; call < 3; call++)
        {
            using var early = await world.Manager.PostAsJsonAsync(
                $"/v1/tickets/{number}/contact-exception",
                new { note = "三次未接" }
            );
            ((int)early.StatusCode, (string)JsonNode.Parse(await early.Content.ReadAsStringAsync())!["code"]!).ShouldBe(
                (409, "too_few_attempts")
            );
            world.Clock.Advance(TimeSpan.FromMinutes(5));
            await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "no_answer" });
        }

        using var agent = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/contact-exception",
            new { note = "三次未接" }
        );
        agent.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await World.Do(world.Manager, number, "contact-exception", new { note = "三次未接" });
        var contact = await Clock(number, "first_contact");
        ((string)contact["state"]!, (string)contact["consumed"]!).ShouldBe(("met", "PT15M"));
        contact["marks"]!.AsArray().Select(mark => (string)mark!).ShouldBe(["by_attempt"]);
        (await world.Ticket(number))["firstContactAt"].ShouldBeNull();

        using var again = await world.Manager.PostAsJsonAsync(
            $"/v1/tickets/{number}/contact-exception",
            new { note = "三次未接" }
        );
        ((string)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["code"]!).ShouldBe("nothing_to_excuse");
    }

    [Fact]
    public async Task G13_a_public_comment_counts_as_contact_where_that_is_configured_and_the_timeline_says_so()
    {
        await using var configured = new World
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Tickets:PublicCommentIsContact"] = "true",
            },
        };
        await configured.InitializeAsync();
        var number = await configured.Inquiry();
        await World.Do(configured.LiWei, number, "comments", new { text = "我们看到了", @public = false });
        (await configured.Kinds(number)).ShouldNotContain("contact");
        await World.Do(configured.LiWei, number, "comments", new { text = "您好，我们看到了", @public = true });
        var line = (await configured.Timeline(number)).Single(line => (string)line["kind"]! == "contact");
        ((string)line["details"]!["rule"]!, (bool)line["details"]!["firstContact"]!).ShouldBe(("public_comment", true));
        ((string)(await configured.Ticket(number))["status"]!).ShouldBe("in_progress");
    }
}
