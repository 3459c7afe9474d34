using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>The public API as any other system calls it: one address, a token, JSON.</summary>
internal sealed class StoryApi(Uri gateway, IReadOnlyDictionary<string, string> tokens, CancellationToken ct)
    : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { BaseAddress = gateway };

    /// <summary>An answer of success, or 404 where that was a possible answer.</summary>
    public sealed record Answer(HttpStatusCode Status, JsonElement Body, EntityTagHeaderValue? ETag);

    public Uri Address(string path) => new(gateway, path);

    public async Task<JsonElement> Get(string role, string path) => (await Send(role, HttpMethod.Get, path)).Body;

    public async Task<JsonElement> Post(string role, string path, object body) =>
        (await Send(role, HttpMethod.Post, path, body)).Body;

    /// <summary>Null when there is nothing at the path.</summary>
    public async Task<Answer?> Find(string role, string path)
    {
        using var answer = await Exchange(role, HttpMethod.Get, path, null, null);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await Read(answer);
    }

    public async Task<Answer> Send(
        string role,
        HttpMethod method,
        string path,
        object? body = null,
        EntityTagHeaderValue? ifMatch = null
    )
    {
        using var answer = await Exchange(role, method, path, body, ifMatch);
        return await Read(answer);
    }

    /// <summary>What happens behind the answer happens soon: asks until it has.</summary>
    public async Task<T> Until<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Patience)
        {
            if (await look() is { } found)
                return found;

            await Task.Delay(100, ct);
        }

        throw new LocalRunException($"{what} did not come true within {Patience.TotalSeconds} s.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Exchange(
        string role,
        HttpMethod method,
        string path,
        object? body,
        EntityTagHeaderValue? ifMatch
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[role]);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (ifMatch is not null)
            request.Headers.IfMatch.Add(ifMatch);

        return await _http.SendAsync(request, ct);
    }

    private async Task<Answer> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
        {
            var asked = answer.RequestMessage!;
            throw new LocalRunException(
                $"{asked.Method} {asked.RequestUri?.PathAndQuery} was answered {(int)answer.StatusCode}: {text}"
            );
        }

        return new(
            answer.StatusCode,
            text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text),
            answer.Headers.ETag
        );
    }
}
