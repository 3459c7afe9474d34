using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Ticketing.Features.Surveying;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>What would have been: real tickets, moved by real commands, played again from what is stored.</summary>
public sealed class SimulateSlaTests(World world) : IClassFixture<World>
{
    private static JsonNode Policy(string firstContact, string id = "default", string more = "") =>
        JsonNode.Parse(
            $$"""{"id":"{{id}}","order":1000,"calendar":"always","targets":{"first_contact":{"normal":"{{firstContact}}","urgent":"{{firstContact}}","critical":"{{firstContact}}"} }{{more}} }"""
        )!;

    private async Task<(HttpStatusCode Status, JsonNode Body)> Simulate(object body, HttpClient? by = null)
    {
        using var answer = await (by ?? world.Admin).PostAsJsonAsync("/v1/sla/simulate", body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task<JsonNode> Simulated(JsonNode policy, DateTimeOffset from, object? limits = null)
    {
        var (status, body) = await Simulate(
            new
            {
                policy,
                from,
                to = world.Now.AddSeconds(1),
                limits,
            }
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    private static JsonNode Clock(JsonNode answer, string name) =>
        answer["clocks"]!.AsArray().Single(clock => (string)clock!["clock"]! == name)!;

    private async Task<DateTimeOffset> Later()
    {
        world.Clock.Advance(TimeSpan.FromDays(1));
        await Task.CompletedTask;
        return world.Now;
    }

    [Fact]
    public async Task Under_the_policy_that_really_held_it_says_what_really_happened()
    {
        var from = await Later();
        await Lives();
        var present = (await world.Admin.GetFromJsonAsync<JsonNode>("/v1/sla/policies/default"))!;

        var answer = await Simulated(present, from);
        ((int)answer["tickets"]!, (int)answer["matched"]!, (bool)answer["truncated"]!).ShouldBe((5, 5, false));
        var clocks = answer["clocks"]!.AsArray();
        clocks.Select(clock => (string)clock!["clock"]!).ShouldContain("collaboration");
        clocks.Select(clock => (string)clock!["clock"]!).ShouldContain("survey_dispatch");
        foreach (var clock in clocks)
            clock!["simulated"]!.ToJsonString().ShouldBe(clock["actual"]!.ToJsonString(), (string)clock["clock"]!);
        answer["breaches"]!["simulated"]!.ToJsonString().ShouldBe(answer["breaches"]!["actual"]!.ToJsonString());
        ((int)Clock(answer, "first_contact")["actual"]!["breached"]!).ShouldBe(3);
        ((int)Clock(answer, "resolution")["actual"]!["instances"]!).ShouldBe(6);
    }

    /// <summary>Five tickets that meet, between them, everything that moves a clock.</summary>
    private async Task Lives()
    {
        var complaint = await world.Complaint();
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await World.Do(world.LiWei, complaint, "contacts", new { channel = "phone", outcome = "no_answer" });
        await World.Do(world.LiWei, complaint, "contacts", new { channel = "phone", outcome = "reached" });
        await World.Do(world.LiWei, complaint, "responses", new { kind = "handling_opinion", text = "补发" });
        await World.Do(
            world.LiWei,
            complaint,
            "progress",
            new { reason = "盘点", newEstimate = world.Now.AddHours(5) }
        );
        await World.Do(world.LiWei, complaint, "pauses", new { reason = "waiting_customer" });
        world.Clock.Advance(TimeSpan.FromHours(30));
        (await world.LiWei.DeleteAsync($"/v1/tickets/{complaint}/pauses/current")).EnsureSuccessStatusCode();
        await World.Do(
            world.LiWei,
            complaint,
            "collaborations",
            new
            {
                department = "product",
                need = "查询库存",
                answerBy = world.Now.AddHours(1),
                wait = true,
            }
        );
        world.Clock.Advance(TimeSpan.FromHours(2));

        var reopened = await world.Resolved();
        world.Clock.Advance(TimeSpan.FromHours(5));
        await World.Do(world.LiWei, reopened, "confirmations", new { solved = false });
        await World.Do(world.LiWei, reopened, "resolutions", new { solution = "再次补发" });
        await World.Do(world.LiWei, reopened, "confirmations", new { solved = true });
        world.Clock.Advance(TimeSpan.FromHours(1));
        await Invited(reopened, episode: 2);

        var upgraded = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await Patch(upgraded, new { urgency = "urgent", complex = true });
        await World.Do(world.Manager, upgraded, "cancellation", new { reason = "spam" });

        await world.Inquiry();
        var unanswered = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await World.Do(world.LiWei, unanswered, "contacts", new { channel = "phone", outcome = "reached" });
    }

    private async Task Invited(string number, int episode)
    {
        await using var scope = world.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Ticketing.Data.TicketingDbContext>();
        var slice = ActivatorUtilities.CreateInstance<MeetSurveyDispatchOnSurveyInvited>(scope.ServiceProvider);
        var invited = new SurveyInvited(
            Guid.CreateVersion7(),
            1,
            "ticket-satisfaction",
            1,
            Guid.CreateVersion7(),
            number,
            episode,
            Channel.App,
            "zh-CN",
            null,
            world.Now.AddDays(7),
            world.Now.AddMinutes(-20)
        );
        await using var transaction = await db.Database.BeginTransactionAsync();
        await slice.Meet(invited, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task Patch(string number, object change)
    {
        using var ticket = await world.Manager.GetAsync($"/v1/tickets/{number}");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(change),
        };
        request.Headers.IfMatch.Add(ticket.Headers.ETag!);
        (await world.Manager.SendAsync(request)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_tighter_draft_shows_what_would_have_been_breached_and_writes_nothing()
    {
        var from = await Later();
        var number = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "reached" });
        var before = await Stored(number);

        var answer = await Simulated(Policy("PT15M"), from);
        var contact = Clock(answer, "first_contact");
        contact["actual"]!
            .ToJsonString()
            .ShouldBe("""{"instances":1,"met":1,"breached":0,"open":0,"cancelled":0,"attainment":1}""");
        contact["simulated"]!
            .ToJsonString()
            .ShouldBe("""{"instances":1,"met":0,"breached":1,"open":0,"cancelled":0,"attainment":0}""");
        var breaches = answer["breaches"]!["simulated"]!;
        breaches["byHour"]!.AsArray().Count.ShouldBe(24);
        ((int)breaches["byHour"]![from.AddMinutes(15).Hour]!).ShouldBe(1);
        breaches["byWeekday"]!.AsObject().Sum(day => (int)day.Value!).ShouldBe(1);
        (await Stored(number)).ShouldBe(before);
    }

    /// <summary>The ticket as it stands, and the policies: the timer may be writing on other tickets meanwhile.</summary>
    private async Task<string> Stored(string number)
    {
        await using var db = world.Db();
        var timeline = string.Join('\n', (await world.Timeline(number)).Select(line => line.ToJsonString()));
        return $"{await world.Ticket(number)}\n{timeline}\n{await db.Policies.CountAsync()}";
    }

    [Fact]
    public async Task A_draft_calendar_is_enough_and_its_zone_counts_the_hours()
    {
        var from = await Later();
        await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromDays(8));
        var (status, answer) = await Simulate(
            new
            {
                policy = Policy("PT1H"),
                calendar = new { zone = "Asia/Shanghai", week = new { sun = new[] { "10:00-12:00" } } },
                from,
            }
        );
        status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        ((string)answer["zone"]!).ShouldBe("Asia/Shanghai");
        ((int)answer["breaches"]!["simulated"]!["byHour"]![11]!).ShouldBe(1);
        ((int)answer["breaches"]!["simulated"]!["byWeekday"]!["sun"]!).ShouldBe(1);
    }

    [Fact]
    public async Task More_tickets_than_the_limit_are_left_out_and_it_says_so()
    {
        var from = await Later();
        for (var i = 0; i < 3; i++)
            await world.Inquiry();
        var answer = await Simulated(Policy("PT15M"), from, new { tickets = 2 });
        ((int)answer["tickets"]!, (bool)answer["truncated"]!).ShouldBe((2, true));
        ((DateTimeOffset)answer["through"]!).ShouldBe(from);
    }

    [Theory]
    [InlineData("""{"from":"2026-03-01T00:00:00Z"}""", 400, "/policy", "required")]
    [InlineData(
        """{"policy":{"order":1,"calendar":"always","targets":{}},"from":"2026-03-01T00:00:00Z"}""",
        400,
        "/policy/id",
        "required"
    )]
    [InlineData("""{"policy":{"id":"x","order":1,"calendar":"always","targets":{}}}""", 400, "/from", "required")]
    [InlineData(
        """{"policy":{"id":"x","order":1,"calendar":"always","targets":{}},"from":"2026-03-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}""",
        400,
        "/to",
        "out_of_range"
    )]
    [InlineData(
        """{"policy":{"id":"x","order":1,"calendar":"always","targets":{}},"from":"2026-03-01T00:00:00Z","limits":{"tickets":0}}""",
        400,
        "/limits/tickets",
        "out_of_range"
    )]
    [InlineData(
        """{"policy":{"id":"x","order":1,"calendar":"nowhere","targets":{}},"from":"2026-03-01T00:00:00Z"}""",
        422,
        "/policy/calendar",
        "unknown_calendar"
    )]
    [InlineData(
        """{"policy":{"id":"x","order":1,"targets":{}},"calendar":"nowhere","from":"2026-03-01T00:00:00Z"}""",
        422,
        "/calendar",
        "unknown_calendar"
    )]
    [InlineData(
        """{"policy":{"id":"x","order":1,"targets":{}},"calendar":{"zone":"UTC","colour":1},"from":"2026-03-01T00:00:00Z"}""",
        400,
        "/calendar/colour",
        "unknown_member"
    )]
    [InlineData(
        """{"policy":{"id":"x","order":1,"targets":{}},"calendar":{"zone":"UTC","week":{}},"from":"2026-03-01T00:00:00Z"}""",
        400,
        "/calendar/week",
        "never_opens"
    )]
    [InlineData(
        """{"policy":{"id":"x","order":1,"targets":{}},"calendar":7,"from":"2026-03-01T00:00:00Z"}""",
        400,
        "/calendar",
        "wrong_type"
    )]
    public async Task What_cannot_be_simulated_is_refused_with_its_place_and_a_code(
        string body,
        int expected,
        string pointer,
        string code
    )
    {
        var (status, problem) = await Simulate(JsonNode.Parse(body)!);
        ((int)status).ShouldBe(expected, problem.ToJsonString());
        problem["errors"]!
            .AsArray()
            .Select(error => ((string)error!["pointer"]!, (string)error["code"]!))
            .ShouldContain((pointer, code));
    }

    [Fact]
    public async Task An_unknown_parameter_is_refused_and_so_is_an_agent()
    {
        using var answer = await world.Admin.PostAsJsonAsync("/v1/sla/simulate?dryRun=true", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Simulate(new { }, world.LiWei)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
