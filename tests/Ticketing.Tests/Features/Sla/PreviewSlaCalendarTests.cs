using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A year of a calendar to read over, published or as a draft.</summary>
public sealed class PreviewSlaCalendarTests(World world) : IClassFixture<World>
{
    private static StringContent Sample { get; } =
        new(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "cn-2026.json")),
            Encoding.UTF8,
            "application/json"
        );

    private static JsonNode Day(JsonNode preview, string date) =>
        preview["days"]!.AsArray().Single(day => (string)day!["date"]! == date)!;

    [Fact]
    public async Task The_sample_of_2026_shows_its_holidays_and_make_up_days()
    {
        (await world.Admin.PutAsync("/v1/sla/calendars/cn-2026", Sample)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var preview = (await world.Admin.GetFromJsonAsync<JsonNode>("/v1/sla/calendars/cn-2026/preview?year=2026"))!;

        ((int)preview["version"]!, (string)preview["zone"]!).ShouldBe((1, "Asia/Shanghai"));
        preview["days"]!.AsArray().Count.ShouldBe(365);
        preview["days"]!.AsArray().Count(day => (string)day!["kind"]! == "holiday").ShouldBe(33);
        preview["days"]!.AsArray().Count(day => (string)day!["kind"]! == "make_up").ShouldBe(6);
        Day(preview, "2026-02-17")
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .ShouldBe("""{"date":"2026-02-17","kind":"holiday","hours":[],"name":"春节","minutes":0}""");
        ((string)Day(preview, "2026-10-10")["kind"]!, (int)Day(preview, "2026-10-10")["minutes"]!).ShouldBe(
            ("make_up", 450)
        );
        Day(preview, "2026-03-02")["hours"]!.ToJsonString().ShouldBe("""["09:00-12:00","13:30-18:00"]""");
        var october = preview["months"]![9]!;
        // 31 days, 9 of weekends, 5 working days of National Day (1st and 2nd, 5th to 7th), and one make-up Saturday.
        ((int)october["days"]!, (int)october["minutes"]!, (int)october["makeUps"]!).ShouldBe((18, 18 * 450, 1));
        ((int)preview["minutes"]!).ShouldBe(preview["months"]!.AsArray().Sum(month => (int)month!["minutes"]!));
    }

    [Fact]
    public async Task A_draft_is_laid_out_without_being_stored()
    {
        using var answer = await world.Admin.PostAsJsonAsync(
            "/v1/sla/calendars/draft/preview?year=2028",
            new { zone = "UTC", week = new { mon = new[] { "09:00-10:00" } } }
        );
        var preview = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, preview.ToJsonString());
        (preview["version"], preview["days"]!.AsArray().Count, (int)preview["minutes"]!).ShouldBe((null, 366, 52 * 60));
        (await world.Admin.GetAsync("/v1/sla/calendars/draft")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/v1/sla/calendars/nowhere/preview", 404)]
    [InlineData("/v1/sla/calendars/always/preview?year=26", 400)]
    [InlineData("/v1/sla/calendars/always/preview?year=soon", 400)]
    [InlineData("/v1/sla/calendars/always/preview?month=1", 400)]
    public async Task What_cannot_be_shown_is_refused(string path, int status) =>
        ((int)(await world.Admin.GetAsync(path)).StatusCode).ShouldBe(status);

    [Theory]
    [InlineData("""{"zone":"UTC","week":{}}""", 422)]
    [InlineData("""{"zone":"Mars","week":{"mon":["09:00-10:00"]}}""", 400)]
    [InlineData("""{"id":"other","zone":"UTC","week":{"mon":["09:00-10:00"]}}""", 400)]
    public async Task A_draft_that_is_none_is_refused_as_its_put_would_be(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        ((int)(await world.Admin.PostAsync("/v1/sla/calendars/draft/preview", content)).StatusCode).ShouldBe(status);
        (await world.Manager.GetAsync("/v1/sla/calendars/always/preview")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }
}
