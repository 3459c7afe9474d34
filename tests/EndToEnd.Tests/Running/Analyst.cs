using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>Whoever asks what came of it: responses, numbers, loops.</summary>
internal sealed class Analyst(RunningSystem system) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = system.Gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
    };

    public static string Token { get; } = TestTokens.For("chen.jie", ["analyst"]);

    /// <summary>What was answered about a request.</summary>
    public async Task<IReadOnlyList<JsonElement>> Responses(string number) =>
        [
            .. (await _http.GetFromJsonAsync<JsonElement>($"/v1/responses?ticket={number}"))
                .GetProperty("items")
                .EnumerateArray(),
        ];

    /// <summary>The measures of one store over all time.</summary>
    public async Task<JsonElement> Numbers(string store, params string[] measures)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/v1/analytics/query",
            new
            {
                measures,
                dimensions = (string[])["store"],
                filters = new { store = (string[])[store] },
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rows").EnumerateArray().Single();
    }

    /// <summary>The loop of a request, as soon as it tells what is waited for.</summary>
    public async Task<JsonElement> Loop(string number, Predicate<JsonElement> tells)
    {
        var loop = await Eventually.Gives<object>(
            async () =>
            {
                using var answer = await _http.GetAsync($"/v1/loops/{number}");
                return
                    answer.IsSuccessStatusCode
                    && await answer.Content.ReadFromJsonAsync<JsonElement>() is var found
                    && tells(found)
                    ? found
                    : null;
            },
            within: TimeSpan.FromSeconds(120)
        );
        return (JsonElement)loop;
    }

    public void Dispose() => _http.Dispose();
}
