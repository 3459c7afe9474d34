using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>From a list of holidays to a proposal, and by its approval to a new version of the calendar.</summary>
public sealed class ProposeHolidaysTests(World world) : IClassFixture<World>
{
    private const string Feed = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261001
        DTEND;VALUE=DATE:20261004
        SUMMARY:国庆节
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261010
        SUMMARY:国庆节（班）
        END:VEVENT
        BEGIN:VEVENT
        DTSTART:20261011T090000Z
        SUMMARY:Meeting
        END:VEVENT
        END:VCALENDAR
        """;

    private readonly string _id = $"c-{Guid.CreateVersion7():n}"[..20];

    private string Path => $"/v1/sla/calendars/{_id}";

    private async Task Calendar(string more = "", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path)
        {
            Content = Json($$"""{"zone":"Asia/Shanghai","week":{"mon":["09:00-18:00"]}{{more}} }"""),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        (await world.Admin.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<(int Status, JsonNode Body, Uri? Location)> Post(
        string body,
        string type = "text/calendar",
        string query = "",
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/imports{query}")
        {
            Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await world.Admin.SendAsync(request);
        return (
            (int)answer.StatusCode,
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!,
            answer.Headers.Location
        );
    }

    private async Task<(int Status, JsonNode Body)> Approve(Uri proposal)
    {
        using var answer = await world.Admin.PostAsync($"{proposal}/approval", null);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    [Fact]
    public async Task A_feed_becomes_a_proposal_and_its_approval_a_new_version_that_is_announced()
    {
        await Calendar(""","holidays":[{"date":"2026-10-01","name":"National Day","part":null}]""");
        var (status, proposal, location) = await Post(Feed);
        status.ShouldBe(201, proposal.ToJsonString());
        proposal["adds"]!
            .AsArray()
            .Select(day => ((string)day!["date"]!, (string)day["kind"]!))
            .ShouldBe([("2026-10-02", "holiday"), ("2026-10-03", "holiday"), ("2026-10-10", "make_up")]);
        proposal["adds"]![2]!["hours"]!.ToJsonString().ShouldBe("""["09:00-18:00"]""");
        ((string)proposal["changes"]![0]!["from"]!["name"]!).ShouldBe("National Day");
        ((string)proposal["findings"]![0]!["code"]!, (int)proposal["findings"]![0]!["line"]!).ShouldBe(
            ("not_all_day", 12)
        );
        (await world.Admin.GetFromJsonAsync<JsonNode>(location))!.ToJsonString().ShouldBe(proposal.ToJsonString());
        (await Version()).ShouldBe(1);

        var (approved, answer) = await Approve(location!);
        approved.ShouldBe(200, answer.ToJsonString());
        ((int)answer["version"]!, (string)answer["approvedBy"]!).ShouldBe((2, "root"));
        var calendar = (await world.Admin.GetFromJsonAsync<JsonNode>(Path))!;
        calendar["holidays"]!.AsArray().Count.ShouldBe(3);
        ((string)calendar["workdays"]![0]!["date"]!).ShouldBe("2026-10-10");
        await using var db = world.Db();
        (await db.Set<OutboxRow>().CountAsync(row => row.Subject == _id)).ShouldBe(2);
        // A second approval is the same one.
        ((int)(await Approve(location!)).Body["version"]!).ShouldBe(2);
        (await Version()).ShouldBe(2);
    }

    private async Task<int> Version() => (int)(await world.Admin.GetFromJsonAsync<JsonNode>(Path))!["version"]!;

    [Fact]
    public async Task A_calendar_that_moved_on_is_not_overwritten_and_nothing_new_is_no_version()
    {
        await Calendar();
        var first = await Post(Feed);
        var second = await Post(Feed);
        (await Approve(first.Location!)).Status.ShouldBe(200);
        var (status, refused) = await Approve(second.Location!);
        (status, (string)refused["code"]!).ShouldBe((409, "calendar_moved_on"));

        var third = await Post(Feed);
        third.Body["adds"]!.AsArray().ShouldBeEmpty();
        var (again, nothing) = await Approve(third.Location!);
        (again, (string)nothing["code"]!).ShouldBe((409, "nothing_to_change"));
    }

    [Fact]
    public async Task Two_approvals_at_once_make_one_version()
    {
        await Calendar();
        var location = (await Post(Feed)).Location!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Approve(location)));
        answers.ShouldAllBe(answer => answer.Status == 200 && (int)answer.Body["version"]! == 2);
        (await Version()).ShouldBe(2);
    }

    [Fact]
    public async Task JSON_says_hours_and_parts_and_as_all_of_its_years_removes_the_rest()
    {
        await Calendar(
            ""","holidays":[{"date":"2026-01-01","name":"元旦","part":null},{"date":"2025-01-01","name":"元旦","part":null}]"""
        );
        var list =
            """{"holidays":[{"date":"2026-12-31","name":"年终盘点","part":"12:00-24:00"}],"workdays":[{"date":"2026-10-10","name":"补班","hours":["10:00-12:00"]},{"date":"2026-10-11","name":"补班"}]}""";
        var (status, proposal, location) = await Post(list, "application/json", "?replace=true");
        status.ShouldBe(201, proposal.ToJsonString());
        proposal["removes"]!.AsArray().Select(day => (string)day!["date"]!).ShouldBe(["2026-01-01"]);
        proposal["adds"]!
            .AsArray()
            .Select(day => ((string?)day!["part"], day["hours"]?.ToJsonString()))
            .ShouldBe([(null, """["10:00-12:00"]"""), (null, """["09:00-18:00"]"""), ("12:00-24:00", null)]);
        (await Approve(location!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_proposes_once()
    {
        await Calendar();
        var first = await Post(Feed, key: _id);
        var again = await Post(Feed, key: _id);
        ((string)again.Body["id"]!).ShouldBe((string)first.Body["id"]!);
    }

    [Theory]
    [InlineData("text/calendar", "hello", "", 400, "malformed_line")]
    [InlineData("text/calendar", "BEGIN:VCALENDAR", "", 400, "unbalanced")]
    [InlineData("application/json", """{"holidays":[{"date":"2026-13-01","name":"x"}]}""", "", 400, null)]
    [InlineData(
        "application/json",
        """{"holidays":[{"date":"2026-12-01","name":"x","part":"noon"}]}""",
        "",
        400,
        "malformed_window"
    )]
    [InlineData("application/json", """{"workdays":[null]}""", "", 400, null)]
    [InlineData("application/json", """{"days":[]}""", "", 400, "unknown_member")]
    [InlineData("text/csv", "2026-10-01", "", 415, null)]
    [InlineData("text/calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR", "?replace=maybe", 400, "wrong_type")]
    [InlineData("text/calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR", "?merge=true", 400, "unknown_parameter")]
    public async Task What_is_no_list_is_refused(string type, string body, string query, int expected, string? code)
    {
        await Calendar();
        var (status, problem, _) = await Post(body, type, query);
        status.ShouldBe(expected, problem.ToJsonString());
        if (code is not null)
            problem["errors"]!.AsArray().Select(error => (string)error!["code"]!).ShouldContain(code);
    }

    [Fact]
    public async Task More_than_a_list_of_holidays_is_refused()
    {
        await Calendar();
        (await Post(new string('x', 1_100_000))).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Unknown_calendars_and_proposals_of_others_are_404()
    {
        (await Post(Feed)).Status.ShouldBe(404);
        await Calendar();
        var location = (await Post(Feed)).Location!.ToString();
        (await world.Admin.GetAsync(location.Replace(_id, "always"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Approve(new(location.Replace(_id, "always"), UriKind.Relative))).Status.ShouldBe(404);
        (await world.Admin.GetAsync($"{Path}/imports/seven")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
