using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CustomerFeedback.Benchmarks;

/// <summary>Asks Analytics as an analyst does, straight at the service.</summary>
internal sealed class NumbersClient : IDisposable
{
    private readonly HttpClient http;

    public NumbersClient(MeasuredSystem system)
    {
        http = new() { BaseAddress = system.Of("analytics").Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", system.Tokens["analyst"]);
    }

    public async Task<JsonElement> Ask(string question, CancellationToken ct)
    {
        using var body = new StringContent(question, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync(new Uri("/v1/analytics/query", UriKind.Relative), body, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    /// <summary>Milliseconds of a question answered from ready sums, one after another.</summary>
    public async Task<double> Median(string question, int times, CancellationToken ct)
    {
        var all = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            var answer = await Ask(question, ct);
            all.Add(clock.Elapsed.TotalMilliseconds);
            if (answer.GetProperty("servedFrom").GetString() != "rollup")
                throw new InvalidOperationException("The question was not answered from ready sums.");
        }

        return Figures.Median(all);
    }

    public void Dispose() => http.Dispose();
}
