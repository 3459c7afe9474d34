using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

public sealed class GetCatalogTests
{
    [Fact]
    public async Task Whatever_it_lists_can_be_asked_for_and_is_explained()
    {
        await using var database = await Seeded.With(new RandomFacts(3).Into);
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        var catalog = await host.Client(Asked.Analyst).GetFromJsonAsync<JsonElement>("/v1/analytics/catalog");
        var measures = catalog.GetProperty("measures").EnumerateArray().ToList();
        string[] ids = [.. measures.Select(measure => measure.GetProperty("id").GetString()!)];
        ids.ShouldBeUnique();
        string[] promised =
        [
            "csat",
            "nps",
            "csi",
            "mean.overall",
            "mean.attitude",
            "responses",
            "response_rate",
            "tickets",
            "solved",
            "sla.first_contact.attainment",
            "sla.survey_dispatch.attainment",
            "first_contact_time.p50",
            "resolution_time.p95",
        ];
        promised.ShouldBeSubsetOf(ids);
        foreach (var measure in measures)
        {
            measure.GetProperty("definition").GetString().ShouldNotBeNull().ShouldMatch(@"^[a-z_.]+@\d+$");
            measure.GetProperty("title").GetProperty("zh-CN").GetString().ShouldNotBeNullOrWhiteSpace();
            measure.GetProperty("title").GetProperty("en").GetString().ShouldNotBeNullOrWhiteSpace();
            measure.GetProperty("formula").GetString().ShouldNotBeNullOrWhiteSpace();
            measure.GetProperty("source").GetString().ShouldNotBeNullOrWhiteSpace();
        }

        // Hidden when few: what people said, never what we did.
        measures
            .Where(measure => measure.GetProperty("anonymityThreshold").ValueKind is JsonValueKind.Null)
            .Select(measure => measure.GetProperty("id").GetString()!)
            .ShouldAllBe(id =>
                id.StartsWith("sla.") || id.Contains("_time.") || id == "tickets" || id == "invitations"
            );
        var row = await host.Row(new { measures = ids });
        foreach (var id in ids)
            row.TryGetProperty(id, out _).ShouldBeTrue(id);
        foreach (var dimension in catalog.GetProperty("dimensions").EnumerateArray())
        {
            var name = dimension.GetProperty("id").GetString()!;
            await host.Answer(new { measures = (string[])["responses"], dimensions = (string[])[name] });
        }
    }

    [Fact]
    public async Task Only_analysts_read_it()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        const string path = "/v1/analytics/catalog";
        (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client(TestTokens.For("li.wei", ["agent"])).GetAsync(path)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await host.Client(Asked.Analyst).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
