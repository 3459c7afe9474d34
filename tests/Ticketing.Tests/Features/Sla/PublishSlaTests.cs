using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>Policies and calendars as versioned data, by PUT.</summary>
public sealed class PublishSlaTests(World world) : IClassFixture<World>
{
    private const string Policies = "/v1/sla/policies/";
    private const string Calendars = "/v1/sla/calendars/";

    private static readonly string Office = """
        {"id":"office","zone":"Asia/Shanghai","week":{"mon":["09:00-12:00","13:30-18:00"],"fri":["22:00-06:00"]},
         "holidays":[{"date":"2026-10-01","name":"国庆节","part":null},{"date":"2026-12-31","name":"年终盘点","part":"12:00-24:00"}],
         "workdays":[{"date":"2026-10-10","name":"调休上班","hours":["10:00-16:00"]}]}
        """;

    private static string Policy(string id, string calendar = "always", string target = "PT2S", string more = "") =>
        $$"""{"id":"{{id}}","order":10,"match":{"segment":"vip"},"calendar":"{{calendar}}","targets":{"first_contact":{"normal":"{{target}}"} }{{more}} }""";

    private static string Name(string of) => $"{of}-{Guid.CreateVersion7():n}"[..24];

    private async Task<(HttpStatusCode Status, JsonNode? Body, string? ETag)> Put(
        string path,
        string body,
        string? ifMatch = null,
        HttpClient? by = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await (by ?? world.Admin).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), answer.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task The_first_day_has_a_default_policy_on_the_calendar_always()
    {
        using var policy = await world.Admin.GetAsync(Policies + "default");
        policy.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var body = await policy.Content.ReadFromJsonAsync<JsonNode>();
        ((string)body!["targets"]!["resolution"]!["normal"]!, (int)body["version"]!).ShouldBe(("PT72H", 1));
        var calendar = await world.Admin.GetFromJsonAsync<JsonNode>(Calendars + "always");
        ((string)calendar!["zone"]!).ShouldBe("UTC");
    }

    [Fact]
    public async Task A_put_creates_and_each_further_one_is_a_new_version_under_its_ETag()
    {
        var id = Name("p");
        var created = await Put(Policies + id, Policy(id, target: "P1D"));
        (created.Status, created.ETag).ShouldBe((HttpStatusCode.Created, "\"1\""));
        ((string)created.Body!["targets"]!["first_contact"]!["normal"]!).ShouldBe("PT24H");

        (await Put(Policies + id, Policy(id))).Status.ShouldBe((HttpStatusCode)428);
        (await Put(Policies + id, Policy(id), "\"7\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Put(Policies + id, Policy(id), "1")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var second = await Put(Policies + id, Policy(id), "\"1\"");
        (second.Status, second.ETag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        // What was read can be written back as it is.
        (await Put(Policies + id, second.Body!.ToJsonString(), "\"2\"")).ETag.ShouldBe("\"3\"");
        (await Put(Policies + Name("new"), Policy("x"), "\"1\"")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var unknown = Name("new");
        (await Put(Policies + unknown, Policy(unknown), "\"1\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        await using var db = world.Db();
        (await db.Policies.Where(row => row.PolicyId == id).Select(row => row.Version).Order().ToListAsync()).ShouldBe([
            1,
            2,
            3,
        ]);
    }

    [Fact]
    public async Task A_calendar_goes_the_same_way()
    {
        var id = Name("c");
        var body = Office.Replace("\"office\"", $"\"{id}\"");
        var created = await Put(Calendars + id, body);
        (created.Status, created.ETag).ShouldBe((HttpStatusCode.Created, "\"1\""));
        ((string)created.Body!["holidays"]![0]!["name"]!).ShouldBe("国庆节");
        (await Put(Calendars + id, body)).Status.ShouldBe((HttpStatusCode)428);
        (await Put(Calendars + id, created.Body.ToJsonString(), "*")).ETag.ShouldBe("\"2\"");

        using var one = await world.Admin.GetAsync(Calendars + id);
        one.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await world.Admin.GetAsync(Calendars + "nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"week":{},"zone":"UTC"}""", 422, "never_opens")]
    [InlineData("""{"week":{"mon":["09:00-17:00"]},"zone":"Mars/Olympus"}""", 400, "unknown_zone")]
    [InlineData("""{"week":{"mon":["9-17"]},"zone":"UTC"}""", 400, "malformed_window")]
    [InlineData("""{"week":{"noday":["09:00-17:00"]},"zone":"UTC"}""", 400, "unknown_day")]
    [InlineData(
        """{"week":{"mon":["09:00-17:00"]},"zone":"UTC","holidays":[{"date":"2026-02-30","name":"x"}]}""",
        400,
        null
    )]
    [InlineData(
        """{"week":{"mon":["09:00-17:00"]},"zone":"UTC","holidays":[{"name":"x"},{"name":"y"}]}""",
        400,
        "required"
    )]
    [InlineData("""{"week":{"mon":["09:00-17:00"]},"zone":"UTC","closed":true}""", 400, "unknown_member")]
    [InlineData("""[]""", 400, null)]
    public async Task A_calendar_that_is_none_is_refused_with_a_code(string body, int status, string? code)
    {
        var answer = await Put(Calendars + Name("c"), body);
        ((int)answer.Status).ShouldBe(status);
        var errors = answer.Body!["errors"]!.AsArray();
        errors.ShouldNotBeEmpty();
        if (code is not null)
            errors.Select(error => (string)error!["code"]!).ShouldContain(code);
    }

    [Theory]
    [InlineData("""{"order":1,"calendar":"nowhere","targets":{}}""", 422, "/calendar", "unknown_calendar")]
    [InlineData("""{"calendar":"always","targets":{}}""", 400, "/order", "required")]
    [InlineData(
        """{"order":1,"calendar":"always","targets":{"first_contact":{"normal":"PT0S"}}}""",
        400,
        "/targets/first_contact/normal",
        "out_of_range"
    )]
    [InlineData(
        """{"order":1,"calendar":"always","targets":{"first_contact":{"high":"PT1H"}}}""",
        400,
        "/targets/first_contact/high",
        "unknown_member"
    )]
    [InlineData("""{"order":1,"calendar":"always","targets":{},"name":"x"}""", 400, "/name", "unknown_member")]
    [InlineData("""{"order":"first","calendar":"always","targets":{}}""", 400, "/order", "wrong_type")]
    [InlineData(
        """{"order":1,"calendar":"always","targets":{},"match":{"urgency":"high"}}""",
        400,
        "/match/urgency",
        "unknown_value"
    )]
    [InlineData("""{"id":"other","order":1,"calendar":"always","targets":{}}""", 400, "/id", "id_mismatch")]
    public async Task A_policy_that_is_none_is_refused_with_its_place_and_a_code(
        string body,
        int status,
        string pointer,
        string code
    )
    {
        var answer = await Put(Policies + Name("p"), body);
        ((int)answer.Status).ShouldBe(status, answer.Body?.ToJsonString());
        answer.Body!["errors"]!
            .AsArray()
            .Select(error => ((string)error!["pointer"]!, (string)error["code"]!))
            .ShouldContain((pointer, code));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("工作日历")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123456")]
    public async Task What_no_policy_could_name_is_no_calendar_and_the_refusal_says_the_same_of_both(string id)
    {
        var path = Uri.EscapeDataString(id);
        var calendar = await Put(Calendars + path, Office.Replace("\"office\"", $"\"{id}\""));
        var policy = await Put(Policies + path, Policy(id));
        (calendar.Status, policy.Status).ShouldBe((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
        var error = calendar.Body!["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["pointer"]!, (string)error["code"]!).ShouldBe(("/id", "malformed_name"));
        error.ToJsonString().ShouldBe(policy.Body!["errors"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString());
    }

    [Fact]
    public async Task Both_are_announced_whole()
    {
        var (policy, calendar) = (Name("p"), Name("c"));
        await Put(Calendars + calendar, Office.Replace("\"office\"", $"\"{calendar}\""));
        await Put(Policies + policy, Policy(policy, calendar));

        await using var db = world.Db();
        var messages = (
            await db.Set<OutboxRow>()
                .AsNoTracking()
                .Where(row => row.Subject == policy || row.Subject == calendar)
                .OrderBy(row => row.Id)
                .ToListAsync()
        )
            .Select(row => JsonElement.Parse(row.Body).GetProperty("message"))
            .ToList();
        messages[0]
            .GetProperty("calendar")
            .GetProperty("week")
            .GetProperty("mon")[1]
            .GetString()
            .ShouldBe("13:30-18:00");
        messages[1]
            .GetProperty("policy")
            .GetProperty("targets")
            .GetProperty("first_contact")
            .GetProperty("normal")
            .GetString()
            .ShouldBe("PT2S");
        messages.Select(message => message.GetProperty("version").GetInt32()).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Lists_page_in_order_of_ids()
    {
        string[] ids = [.. Enumerable.Range(0, 3).Select(_ => Name("list"))];
        foreach (var id in ids)
            await Put(Policies + id, Policy(id));
        var seen = new List<string>();
        for (string? next = ""; next is not null; )
        {
            var page = (await world.Admin.GetFromJsonAsync<JsonNode>($"/v1/sla/policies?limit=2{next}"))!;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            next = (string?)page["nextCursor"] is { } cursor ? $"&cursor={cursor}" : null;
        }

        seen.ShouldBe(seen.Order(StringComparer.Ordinal));
        seen.ShouldBeUnique();
        ids.ShouldBeSubsetOf(seen);
        (await world.Admin.GetAsync("/v1/sla/calendars?colour=red")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_administrators_publish() =>
        (await Put(Policies + "default", Policy("default"), "\"1\"", by: world.Manager)).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );

    [Fact]
    public async Task Two_who_publish_the_same_at_once_do_not_both_win()
    {
        var id = Name("race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Put(Policies + id, Policy(id))));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => (int)answer.Status == 428).ShouldBe(7);
    }

    [Fact]
    public async Task A_policy_in_seconds_holds_for_the_next_match_and_its_steps_fire()
    {
        var id = Name("seconds");
        await Put(
            Policies + id,
            $$"""{"order":1,"match":{"urgency":"critical","channel":"app"},"calendar":"always","targets":{"resolution":{"critical":"PT2S"} },"warnAt":[0.5],"escalation":[{"at":1,"to":"lead"}]}"""
        );
        var number = await world.Inquiry();
        using var ticket = await world.Manager.GetAsync($"/v1/tickets/{number}");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(new { urgency = "critical" }),
        };
        patch.Headers.IfMatch.Add(ticket.Headers.ETag!);
        using var patched = await world.Manager.SendAsync(patch);
        patched.StatusCode.ShouldBe(HttpStatusCode.OK, await patched.Content.ReadAsStringAsync());

        world.Clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually.That(async () =>
            (await world.Kinds(number))
                .Where(kind => kind is "sla_warning_reached" or "sla_breached" or "escalated")
                .ShouldBe(["sla_warning_reached", "sla_breached", "escalated"])
        );
        var clocks = (await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}/sla"))![
            "clocks"
        ]!.AsArray();
        var resolution = clocks.Single(clock => (string)clock!["clock"]! == "resolution")!;
        ((string)resolution["policy"]!["id"]!, (string)resolution["state"]!).ShouldBe((id, "breached"));
        // The policy has no first contact: what it does not promise is not measured any more.
        ((string)clocks.Single(clock => (string)clock!["clock"]! == "first_contact")!["state"]!).ShouldBe("cancelled");
    }
}
