using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>Questions as an analyst asks them.</summary>
internal static class Asked
{
    public static readonly string Analyst = TestTokens.For("analyst", ["analyst"]);

    public static async Task<JsonElement> Answer(this ServiceHost<AnalyticsDbContext> host, object question)
    {
        var answer = await host.Client(Analyst).PostAsJsonAsync("/v1/analytics/query", question);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        ((int)answer.StatusCode).ShouldBe(200, body.ToString());
        return body;
    }

    /// <summary>The only row there is.</summary>
    public static async Task<JsonElement> Row(this ServiceHost<AnalyticsDbContext> host, object question) =>
        (await host.Answer(question)).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();

    public static double? Number(this JsonElement row, string measure, string member = "value") =>
        row.GetProperty(measure).GetProperty(member) is { ValueKind: JsonValueKind.Number } number
            ? number.GetDouble()
            : null;
}
