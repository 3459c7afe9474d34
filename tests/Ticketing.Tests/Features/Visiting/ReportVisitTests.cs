using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Visiting;

/// <summary>Appointments at the customer's: kept or late, and what they mean for the clocks.</summary>
public sealed class ReportVisitTests(World world) : IClassFixture<World>
{
    private Task<JsonNode> Arrange(string number, double fromHours = 1, double toHours = 3) =>
        World.Do(
            world.LiWei,
            number,
            "visits",
            new
            {
                from = world.Now.AddHours(fromHours),
                to = world.Now.AddHours(toHours),
                person = "sun.tao",
            }
        );

    private Task<HttpResponseMessage> Report(string number, JsonNode visit, object body, HttpClient? by = null) =>
        (by ?? world.LiWei).PostAsJsonAsync($"/v1/tickets/{number}/visits/{visit["id"]}/outcome", body);

    private async Task<JsonNode> Reported(string number, JsonNode visit, object body)
    {
        using var answer = await Report(number, visit, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<string> StateOf(string number, string clock)
    {
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        return (string)sla["clocks"]!.AsArray().Single(c => (string)c!["clock"]! == clock)!["state"]!;
    }

    private static string[] Pointers(string problem) =>
        [.. JsonNode.Parse(problem)!["errors"]!.AsArray().Select(error => (string)error!["pointer"]!)];

    [Fact]
    public async Task A_visit_that_reached_the_customer_in_time_is_kept_and_is_the_first_contact()
    {
        var number = await world.Inquiry();
        var visit = await Arrange(number, 0.1, 0.5);
        ((string)visit["state"]!, visit["punctuality"]).ShouldBe(("planned", null));
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        (await StateOf(number, "first_contact")).ShouldBe("running", "an appointment is no contact");

        var done = await Reported(
            number,
            visit,
            new
            {
                arrivedAt = world.Now.AddMinutes(-5),
                outcome = "done",
                missing = new[] { "螺丝刀" },
                note = "已换新",
            }
        );

        ((string)done["state"]!, (string)done["punctuality"]!).ShouldBe(("done", "kept"));
        ((string)done["note"]!, (string)done["missing"]!.AsArray().Single()!).ShouldBe(("已换新", "螺丝刀"));
        (await StateOf(number, "first_contact")).ShouldBe("met");
        (await StateOf(number, "progress_update")).ShouldBe("running");
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("in_progress");
        var events = await world.Events(number);
        var contact = events.Single(e => e.Type == "CustomerContacted").Message;
        contact.GetProperty("channel").GetString().ShouldBe("visit");
        contact.GetProperty("isFirstContact").GetBoolean().ShouldBeTrue();
        var completed = events.Single(e => e.Type == "VisitCompleted").Message;
        completed.GetProperty("kept").GetBoolean().ShouldBeTrue();
        completed.GetProperty("outcome").GetString().ShouldBe("done");
        completed.ToString().ShouldNotContain("sun.tao");
        (await world.Kinds(number)).Count(kind => kind == "visit_reported").ShouldBe(1);

        using var again = await Report(number, visit, new { outcome = "not_done" });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadAsStringAsync()).ShouldContain("already_reported");
        var list = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{number}/visits"))!["items"]!;
        ((string)list.AsArray().Single()!["id"]!).ShouldBe((string)visit["id"]!);
    }

    [Theory]
    [InlineData("done", 29.0, "kept", "met")]
    [InlineData("done", 30.0, "kept", "met")]
    [InlineData("done", 30.01, "late", "met")]
    [InlineData("not_done", 1.0, "kept", "met")]
    [InlineData("not_done", null, "late", "running")]
    [InlineData("customer_absent", 20.0, "kept", "running")]
    public async Task Kept_or_late_follows_from_the_arrival_and_contact_from_who_was_met(
        string outcome,
        double? arrivedAfterMinutes,
        string punctuality,
        string firstContact
    )
    {
        var number = await world.Inquiry();
        var start = world.Now;
        var visit = await Arrange(number, 0.25, 0.5);
        world.Clock.Advance(TimeSpan.FromMinutes(40));
        DateTimeOffset? arrivedAt = arrivedAfterMinutes is { } minutes ? start.AddMinutes(minutes) : null;

        var view = await Reported(number, visit, new { arrivedAt, outcome });

        ((string)view["punctuality"]!, (string)view["state"]!).ShouldBe((punctuality, outcome));
        (await StateOf(number, "first_contact")).ShouldBe(firstContact);
        var contacts = (await world.Timeline(number)).Where(line => (string)line["kind"]! == "contact").ToList();
        contacts.Count.ShouldBe(arrivedAt is null ? 0 : 1);
        if (outcome == "customer_absent")
            ((string)contacts[0]["details"]!["outcome"]!).ShouldBe("no_answer");
    }

    [Fact]
    public async Task After_the_end_a_visit_is_a_visit_and_no_contact()
    {
        var number = await world.Closed();
        var contacts = (await world.Kinds(number)).Count(kind => kind == "contact");
        var visit = await Arrange(number);
        world.Clock.Advance(TimeSpan.FromHours(2));
        var done = await Reported(number, visit, new { arrivedAt = world.Now, outcome = "done" });
        ((string)done["state"]!).ShouldBe("done");
        (await world.Kinds(number)).Count(kind => kind == "contact").ShouldBe(contacts);
    }

    [Fact]
    public async Task What_is_said_of_a_visit_must_hold()
    {
        var number = await world.Inquiry();
        using var empty = await world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/visits", new { });
        Pointers(await empty.Content.ReadAsStringAsync()).ShouldBe(["/from", "/to", "/person"]);
        using var back = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/visits",
            new
            {
                from = world.Now.AddHours(2),
                to = world.Now.AddHours(1),
                person = "x",
            }
        );
        (await back.Content.ReadAsStringAsync()).ShouldContain("ends_before_it_starts");
        using var past = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/visits",
            new
            {
                from = world.Now.AddHours(-2),
                to = world.Now.AddHours(-1),
                person = "x",
            }
        );
        (await past.Content.ReadAsStringAsync()).ShouldContain("in_the_past");

        var visit = await Arrange(number);
        using var nowhere = await Report(number, visit, new { outcome = "done", missing = new[] { " " } });
        Pointers(await nowhere.Content.ReadAsStringAsync()).ShouldBe(["/arrivedAt", "/missing/0"], ignoreOrder: true);
        using var ahead = await Report(number, visit, new { outcome = "done", arrivedAt = world.Now.AddMinutes(1) });
        (await ahead.Content.ReadAsStringAsync()).ShouldContain("in_the_future");
    }

    [Theory]
    [InlineData(1, 24.5, "/to", "out_of_range")]
    [InlineData(-30, 1, "/to", "out_of_range")]
    [InlineData(367 * 24, 367 * 24 + 2, "/from", "out_of_range")]
    [InlineData(1, 60_000_000, "/to", "out_of_range")]
    public async Task An_appointment_is_a_part_of_a_day_within_a_year(
        double fromHours,
        double hours,
        string pointer,
        string code
    )
    {
        var number = await world.Inquiry();
        var toHours = hours > 24 * 360 ? hours : fromHours + hours;
        if (fromHours < 0)
            toHours = hours;

        using var answer = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/visits",
            new
            {
                from = world.Now.AddHours(fromHours),
                to = world.Now.AddHours(toHours),
                person = "x",
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray().Single()!;
        ((string)error["pointer"]!, (string)error["code"]!).ShouldBe((pointer, code));
    }

    [Theory]
    [InlineData(-400 * 24 * 60, false)]
    [InlineData(-6, false)]
    [InlineData(-4, true)] // another clock than ours
    public async Task Nobody_arrives_before_it_was_arranged(int minutes, bool holds)
    {
        var number = await world.Inquiry();
        var visit = await Arrange(number);

        using var answer = await Report(
            number,
            visit,
            new { outcome = "done", arrivedAt = world.Now.AddMinutes(minutes) }
        );

        answer.StatusCode.ShouldBe(holds ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        if (!holds)
            (await answer.Content.ReadAsStringAsync()).ShouldContain("before_it_was_arranged");
    }

    [Fact]
    public async Task A_visit_that_is_written_down_in_its_window_may_have_begun_with_it()
    {
        var number = await world.Inquiry();
        var visit = await Arrange(number, -2, 1);

        var done = await Reported(number, visit, new { outcome = "done", arrivedAt = world.Now.AddHours(-1.5) });

        ((string)done["punctuality"]!).ShouldBe("kept");
    }

    [Fact]
    public async Task A_visit_belongs_to_its_ticket_and_to_who_sees_it()
    {
        var number = await world.Inquiry();
        var visit = await Arrange(number);
        var stranger = world.As("zhou.jun", ["agent"], "order-service");
        var body = new { outcome = "not_done" };
        (await Report(number, visit, body, stranger)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Report(await world.Inquiry(), visit, body)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/v1/tickets/{number}/visits")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await World.Do(world.LiWei, number, "cancellation", new { reason = "spam" });
        (await Report(number, visit, body)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var list = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{number}/visits"))!["items"]!;
        ((string)list.AsArray().Single()!["state"]!).ShouldBe("cancelled");
    }
}
