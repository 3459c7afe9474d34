using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Faults.Load;

/// <summary>
/// Sends as a careful client does: an answer that tells nothing (time-out, reset, 5xx, in flight) is followed by the same again, with
/// the same Idempotency-Key, until one tells something.
/// </summary>
internal sealed class Sender(LocalSystem system, Ledger ledger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    /// <summary>Null where it was refused for good, or never accepted in time: the ledger has the reason.</summary>
    /// <param name="early">Statuses that will pass, because what it is about is not there yet.</param>
    public Task<JsonNode?> Post(string role, string path, object body, string key, params int[] early) =>
        Send(
            role,
            key,
            () =>
                new(HttpMethod.Post, path)
                {
                    Content = JsonContent.Create(body),
                    Headers = { { "Idempotency-Key", key } },
                },
            _ => true,
            early
        );

    /// <summary>Asks until the answer is as wanted.</summary>
    public Task<JsonNode?> Get(string role, string path, Func<JsonNode, bool> wanted) =>
        Send(role, path, () => new(HttpMethod.Get, path), wanted, []);

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private async Task<JsonNode?> Send(
        string role,
        string key,
        Func<HttpRequestMessage> message,
        Func<JsonNode, bool> wanted,
        int[] early
    )
    {
        var client = _clients.GetOrAdd(role, system.As);
        var since = Stopwatch.StartNew();
        var last = "no answer";
        while (since.Elapsed < Patience)
        {
            try
            {
                using var request = message();
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var status = (int)answer.StatusCode;
                last = $"{status} {text}";
                if (answer.IsSuccessStatusCode)
                {
                    var body = JsonNode.Parse(text)!;
                    if (wanted(body))
                        return body;
                }
                else if (status >= 500)
                    ledger.ToldNothing();
                else if (status != 429 && !early.Contains(status) && !IsInFlight(text))
                    break;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                ledger.ToldNothing();
                last = e.Message;
            }

            await Task.Delay(Pause);
        }

        ledger.Refused[key] = last;
        return null;
    }

    private static bool IsInFlight(string problem) =>
        problem.Contains("idempotency_in_flight", StringComparison.Ordinal);
}
