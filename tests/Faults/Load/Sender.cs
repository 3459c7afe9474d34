using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Faults.Load;

/// <summary>
/// Sends as a careful client does: an answer that tells nothing (time-out, reset, 5xx, in flight) is followed by the same again, with
/// the same Idempotency-Key, until one tells something.
/// </summary>
/// <param name="pause">Before it sends the same again.</param>
internal sealed class Sender(LocalSystem system, Ledger ledger, TimeSpan pause) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    /// <summary>Null where it was refused for good, or never accepted in time: the ledger has the reason.</summary>
    /// <param name="early">Statuses that will pass, because what it is about is not there yet.</param>
    public Task<JsonNode?> Post(string role, string path, object body, string key, params int[] early) =>
        Send(
            role,
            path,
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
        Send(role, path, path, () => new(HttpMethod.Get, path), wanted, []);

    /// <summary>Asks once, as somebody who looks on.</summary>
    /// <param name="fine">Statuses that are as good as an answer.</param>
    public async Task Look(string role, string path, params int[] fine)
    {
        try
        {
            using var answer = await Client(role).GetAsync(path);
            await answer.Content.ReadAsByteArrayAsync();
            var status = (int)answer.StatusCode;
            if (answer.IsSuccessStatusCode || fine.Contains(status))
                Told(path);
            else
                ToldNothing(path, $"{status}");
        }
        catch (Exception e) when (IsSilence(e))
        {
            ToldNothing(path, Why(e));
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private async Task<JsonNode?> Send(
        string role,
        string path,
        string key,
        Func<HttpRequestMessage> message,
        Func<JsonNode, bool> wanted,
        int[] early
    )
    {
        var since = Stopwatch.StartNew();
        var last = "no answer";
        while (since.Elapsed < Patience)
        {
            try
            {
                using var request = message();
                using var answer = await Client(role).SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var status = (int)answer.StatusCode;
                last = $"{status} {text}";
                if (status >= 500)
                    ToldNothing(path, last);
                else if (status == 429 || IsInFlight(text))
                    ledger.PutOff.Enqueue($"{path}: {last}");
                else
                    Told(path);
                if (answer.IsSuccessStatusCode)
                {
                    var body = JsonNode.Parse(text)!;
                    if (wanted(body))
                        return body;
                }
                else if (status is < 500 and not 429 && !early.Contains(status) && !IsInFlight(text))
                {
                    break;
                }
            }
            catch (Exception e) when (IsSilence(e))
            {
                last = Why(e);
                ToldNothing(path, last);
            }

            await Task.Delay(pause);
        }

        ledger.Refused[key] = last;
        return null;
    }

    private HttpClient Client(string role) => _clients.GetOrAdd(role, system.As);

    private void Told(string path) => ledger.Told.AddOrUpdate(path.Split('/')[2].Split('?')[0], 1, (_, n) => n + 1);

    private void ToldNothing(string path, string why) =>
        ledger.Unknown.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {path}: {why}");

    private static bool IsSilence(Exception e) => e is HttpRequestException or TaskCanceledException or IOException;

    private static string Why(Exception e) =>
        e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;

    private static bool IsInFlight(string problem) =>
        problem.Contains("idempotency_in_flight", StringComparison.Ordinal);
}
