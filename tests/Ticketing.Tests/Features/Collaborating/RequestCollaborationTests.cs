using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Collaborating;

/// <summary>Other departments are asked, each form has its clock, and the ticket may wait for the answers.</summary>
public sealed class RequestCollaborationTests(World world) : IClassFixture<World>
{
    private HttpClient Member(string department) =>
        world.Host.Client(TestTokens.For($"{department}.member", ["department"], departments: [department]));

    private Task<JsonNode> Ask(string number, string department, DateTimeOffset answerBy, bool wait = false) =>
        World.Do(
            world.LiWei,
            number,
            "collaborations",
            new
            {
                department,
                need = "请确认仓库是否漏发",
                answerBy,
                wait,
            }
        );

    private static Task<HttpResponseMessage> Answer(HttpClient by, string number, JsonNode form) =>
        by.PostAsJsonAsync($"/v1/tickets/{number}/collaborations/{form["id"]}/answer", new { text = "已补发" });

    private async Task<JsonNode> ClockOf(string number, JsonNode form)
    {
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        return sla["clocks"]!.AsArray().Single(clock => (string?)clock!["collaboration"] == (string?)form["id"])!;
    }

    private static async Task<List<JsonNode>> List(HttpClient by, string query)
    {
        var page = JsonNode.Parse(await by.GetStringAsync($"/v1/collaborations?{query}"))!;
        return [.. page["items"]!.AsArray().Select(form => form!)];
    }

    [Fact]
    public async Task A_form_has_a_clock_of_its_own_and_its_answer_meets_it()
    {
        var number = await world.InProgress();
        var answerBy = world.Now.AddHours(3);
        var form = await Ask(number, "supply-chain", answerBy);
        ((string)form["state"]!, (string)form["need"]!).ShouldBe(("open", "请确认仓库是否漏发"));
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("in_progress", "it does not wait");

        var clock = await ClockOf(number, form);
        ((string)clock["clock"]!, (string)clock["state"]!).ShouldBe(("collaboration", "running"));
        ((DateTimeOffset)clock["dueAt"]!).ShouldBe(answerBy);
        ((string)clock["target"]!).ShouldBe("PT3H");

        world.Clock.Advance(TimeSpan.FromHours(1));
        using var answered = await Answer(world.LiWei, number, form);
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = JsonNode.Parse(await answered.Content.ReadAsStringAsync())!;
        ((string)told["answer"]!, (string)told["state"]!, (bool)told["overdue"]!).ShouldBe(
            ("已补发", "answered", false)
        );
        ((string)(await ClockOf(number, form))["state"]!).ShouldBe("met");

        using var again = await Answer(world.LiWei, number, form);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadAsStringAsync()).ShouldContain("already_answered");

        var kinds = await world.Kinds(number);
        kinds.Count(kind => kind == "collaboration_requested").ShouldBe(1);
        kinds.Count(kind => kind == "collaboration_answered").ShouldBe(1);
        var events = await world.Events(number);
        var asked = events.Single(e => e.Type == "CollaborationRequested").Message;
        asked.GetProperty("answerBy").GetDateTimeOffset().ShouldBe(answerBy);
        events.Single(e => e.Type == "CollaborationAnswered").Message.GetProperty("inTime").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Forms_of_one_ticket_run_beside_each_other_and_an_overdue_one_shows()
    {
        var number = await world.InProgress();
        var soon = await Ask(number, "product", world.Now.AddMinutes(30));
        var later = await Ask(number, "logistics", world.Now.AddHours(5));
        await World.Do(world.LiWei, number, "progress", new { reason = "等仓库", newEstimate = world.Now.AddHours(6) });

        world.Clock.Advance(TimeSpan.FromMinutes(31));
        await Eventually.That(async () => (string?)(await ClockOf(number, soon))["state"] == "breached");
        ((string)(await ClockOf(number, later))["state"]!).ShouldBe("running");
        var overdue = await List(world.LiWei, $"ticket={number}&overdue=true");
        overdue.ShouldHaveSingleItem()["id"]!.ToString().ShouldBe(soon["id"]!.ToString());

        using var late = await Answer(world.LiWei, number, soon);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((bool)JsonNode.Parse(await late.Content.ReadAsStringAsync())!["overdue"]!).ShouldBeTrue();
        ((string)(await ClockOf(number, soon))["state"]!).ShouldBe("breached", "once breached, always breached");
        ((string)(await ClockOf(number, later))["state"]!).ShouldBe("running");

        // What the ticket is taken for moves no form's time.
        var due = (DateTimeOffset)(await ClockOf(number, later))["dueAt"]!;
        using var urgent = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(new { urgency = "critical" }),
        };
        urgent.Headers.TryAddWithoutValidation("If-Match", "*");
        (await world.LiWei.SendAsync(urgent)).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((DateTimeOffset)(await ClockOf(number, later))["dueAt"]!).ShouldBe(due);
    }

    [Fact]
    public async Task A_ticket_that_waits_goes_on_when_the_last_department_has_answered()
    {
        var number = await world.InProgress();
        var one = await Ask(number, "product", world.Now.AddHours(1));
        var two = await Ask(number, "logistics", world.Now.AddHours(1), wait: true);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("waiting_collaboration");
        var three = await Ask(number, "service", world.Now.AddHours(1), wait: true); // it waits already

        (await Answer(world.LiWei, number, one)).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("waiting_collaboration");
        (await Answer(world.LiWei, number, two)).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("waiting_collaboration");
        (await Answer(world.LiWei, number, three)).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("in_progress");
        var resumed = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "resumed");
        ((string)resumed["details"]!["cause"]!).ShouldBe("collaboration_answered");
    }

    [Fact]
    public async Task A_member_sees_and_answers_what_the_own_department_is_asked_and_nothing_else()
    {
        var number = await world.InProgress();
        var department = $"d-{number}";
        var form = await Ask(number, department, world.Now.AddHours(1));
        var member = Member(department);
        var stranger = Member("another");
        var elsewhere = world.As("zhou.jun", ["agent"], "order-service");

        ((string)(await List(member, "state=open")).ShouldHaveSingleItem()["id"]!).ShouldBe((string)form["id"]!);
        (await List(stranger, "state=open")).ShouldBeEmpty();
        (await List(elsewhere, $"ticket={number}")).ShouldBeEmpty();
        (await member.GetAsync($"/v1/tickets/{number}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Answer(stranger, number, form)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Answer(elsewhere, number, form)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Answer(member, await world.InProgress(), form)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Answer(member, number, form)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answered = (await List(world.LiWei, $"ticket={number}&state=answered")).ShouldHaveSingleItem();
        ((string)answered["answeredBy"]!).ShouldBe($"{department}.member");
        (await List(member, "state=open")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_must_be_said_and_a_cancelled_ticket_asks_nothing()
    {
        var number = await world.Inquiry();
        using var wrong = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/collaborations",
            new { need = " ", answerBy = world.Now }
        );
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["errors"]!
            .AsArray()
            .Select(error => (string)error!["pointer"]!)
            .ShouldBe(["/department", "/need", "/answerBy"], ignoreOrder: true);
        using var early = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/collaborations",
            new
            {
                department = "product",
                need = "x",
                answerBy = world.Now.AddHours(1),
                wait = true,
            }
        );
        early.StatusCode.ShouldBe(HttpStatusCode.Conflict, "only work in progress waits");
        (await List(world.LiWei, $"ticket={number}")).ShouldBeEmpty();

        var form = await Ask(number, "product", world.Now.AddHours(1));
        await World.Do(world.LiWei, number, "cancellation", new { reason = "spam" });
        ((string)(await ClockOf(number, form))["state"]!).ShouldBe("cancelled");
        ((string)(await List(world.LiWei, $"ticket={number}")).Single()["state"]!).ShouldBe("cancelled");
        (await Answer(world.LiWei, number, form)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }
}
