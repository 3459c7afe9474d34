using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A policy from a file: published when its scenarios come out, refused with a finding for each that does not.</summary>
public sealed class ImportSlaPolicyTests(World world) : IClassFixture<World>
{
    private const string Path = "/v1/sla/policies:import";

    private readonly string _id = $"p-{Guid.CreateVersion7():n}"[..20];

    private string Yaml(string dueAt = "2026-03-02T10:00:00+08:00") =>
        $$"""
            id: {{_id}}
            order: 500
            match: { segment: vip }
            calendar: always
            targets:
              first_contact: { normal: PT1H }
            scenarios:
              - name: in an hour
                given: { segment: vip, receivedAt: 2026-03-02T09:00:00+08:00 }
                expect:
                  - { clock: first_contact, dueAt: {{dueAt}} }
            """;

    private async Task<HttpResponseMessage> Post(
        string body,
        string type = "application/yaml",
        string query = "",
        string? ifMatch = null,
        string? key = null,
        HttpClient? by = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + query)
        {
            Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await (by ?? world.Admin).SendAsync(request);
    }

    private static async Task<JsonNode> Body(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    private async Task<int> Versions()
    {
        await using var db = world.Db();
        return await db.Policies.CountAsync(row => row.PolicyId == _id);
    }

    [Fact]
    public async Task What_comes_out_is_published_as_a_new_version_under_the_rules_of_a_put()
    {
        using var created = await Post(Yaml());
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        (created.Headers.ETag!.Tag, created.Headers.Location!.ToString()).ShouldBe(
            ("\"1\"", $"/v1/sla/policies/{_id}")
        );
        var body = await Body(created);
        ((int)body["policy"]!["version"]!, body["scenarios"]!.ToJsonString()).ShouldBe((1, """["in an hour"]"""));
        body["calendar"]!.ToJsonString().ShouldBe("""{"id":"always","version":1}""");

        using var blind = await Post(Yaml());
        ((int)blind.StatusCode).ShouldBe(428);
        using var stale = await Post(Yaml(), ifMatch: "\"7\"");
        ((int)stale.StatusCode).ShouldBe(412);
        using var second = await Post(Yaml(), ifMatch: "\"1\"");
        (second.StatusCode, second.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        using var read = await world.Admin.GetAsync($"/v1/sla/policies/{_id}");
        read.Headers.ETag!.Tag.ShouldBe("\"2\"");
    }

    [Fact]
    public async Task A_scenario_that_comes_out_otherwise_refuses_the_file_and_says_what_came()
    {
        using var answer = await Post(Yaml(dueAt: "2026-03-02T10:30:00+08:00"));
        ((int)answer.StatusCode).ShouldBe(422);
        var problem = await Body(answer);
        ((string)problem["code"]!).ShouldBe("scenario_failed");
        ((string)problem["errors"]![0]!["pointer"]!).ShouldBe("/scenarios/0/expect/0/dueAt");
        var finding = problem["findings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)finding["scenario"]!, (string)finding["clock"]!).ShouldBe(("in an hour", "first_contact"));
        ((string)finding["expected"]!, (string)finding["got"]!).ShouldBe(
            ("2026-03-02T02:30:00Z", "2026-03-02T02:00:00Z")
        );
        (await Versions()).ShouldBe(0);
    }

    [Fact]
    public async Task A_dry_run_only_plays()
    {
        using var answer = await Post(Yaml(), query: "?dryRun=true");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((bool)(await Body(answer))["dryRun"]!).ShouldBeTrue();
        using var failed = await Post(Yaml("2026-03-03T10:00:00+08:00"), query: "?dryRun=true");
        ((int)failed.StatusCode).ShouldBe(422);
        (await Versions()).ShouldBe(0);
    }

    [Fact]
    public async Task JSON_says_the_same_and_a_key_makes_it_once()
    {
        var json = $$"""
            {"id":"{{_id}}","order":500,"calendar":"always","targets":{"first_contact":{"normal":"PT1H"} },
             "scenarios":[{"name":"one","given":{"receivedAt":"2026-03-02T09:00:00Z"},"expect":[{"clock":"first_contact","target":"PT60M"}]}]}
            """;
        using var first = await Post(json, "application/json", key: _id);
        using var again = await Post(json, "application/json", key: _id);
        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await Versions()).ShouldBe(1);
    }

    [Fact]
    public async Task The_sample_is_published_on_the_sample_calendar()
    {
        var samples = System.IO.Path.Combine(AppContext.BaseDirectory, "Samples");
        var sample = await File.ReadAllTextAsync(System.IO.Path.Combine(samples, "complaints.yaml"));
        using var early = await Post(sample);
        ((int)early.StatusCode, (string)(await Body(early))["code"]!).ShouldBe((422, "unknown_calendar"));

        var calendar = await File.ReadAllTextAsync(System.IO.Path.Combine(samples, "cn-2026.json"));
        using var put = await world.Admin.PutAsync(
            "/v1/sla/calendars/cn-2026",
            new StringContent(calendar, Encoding.UTF8, "application/json")
        );
        put.StatusCode.ShouldBe(HttpStatusCode.Created, await put.Content.ReadAsStringAsync());
        using var answer = await Post(sample);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        (await Body(answer))["scenarios"]!.AsArray().Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("a: [1", "application/yaml", 400, "", "invalid_yaml")]
    [InlineData("a: &x 1\nb: *x", "application/yaml", 400, "", "invalid_yaml")]
    [InlineData("colour: red", "application/yaml", 400, "/colour", "unknown_member")]
    [InlineData("order: 1\norder: 2", "application/yaml", 400, "/order", "duplicate_member")]
    [InlineData("order: first", "application/yaml", 400, "/order", "wrong_type")]
    [InlineData("order: 1", "application/yaml", 400, "/id", "required")]
    [InlineData("scenarios: [{ name: x }]", "application/yaml", 400, "/scenarios/0/expect", "required")]
    [InlineData(
        "scenarios: [{ when: [{ at: soon }] }]",
        "application/yaml",
        400,
        "/scenarios/0/when/0/at",
        "invalid_instant"
    )]
    [InlineData("~", "application/yaml", 400, "", "required")]
    [InlineData("{", "application/json", 400, "", "invalid_json")]
    [InlineData("id,order", "text/csv", 415, null, null)]
    public async Task What_is_no_policy_file_is_refused(
        string body,
        string type,
        int expected,
        string? pointer,
        string? code
    )
    {
        using var answer = await Post(body, type);
        var problem = await Body(answer);
        ((int)answer.StatusCode).ShouldBe(expected, problem.ToJsonString());
        if (pointer is not null)
            problem["errors"]!
                .AsArray()
                .Select(error => ((string)error!["pointer"]!, (string)error["code"]!))
                .ShouldContain((pointer, code!));
    }

    [Fact]
    public async Task Too_much_an_unknown_parameter_and_others_than_administrators_are_refused()
    {
        using var much = await Post("# " + new string('x', 300_000));
        ((int)much.StatusCode).ShouldBe(413);
        using var unknown = await Post(Yaml(), query: "?force=true");
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var manager = await Post(Yaml(), by: world.Manager);
        manager.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
