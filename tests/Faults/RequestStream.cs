using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Faults;

/// <summary>
/// Posts requests at a fixed rate, whatever becomes of the ones before, and keeps the ledger: what was meant, what was
/// answered. An answer that tells nothing (time-out, reset, 5xx, 409 in flight) is repeated with the same key until it does.
/// </summary>
internal sealed class RequestStream(LocalSystem system, int perSecond, TimeSpan duration)
{
    private readonly string run = Guid.CreateVersion7().ToString("N")[^12..];
    private readonly TaskCompletionSource halfWay = new();
    private int unknown;

    /// <summary>Number of each accepted request by its external id.</summary>
    public ConcurrentDictionary<string, string> Accepted { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that were no refusal and no acceptance, by external id.</summary>
    public ConcurrentDictionary<string, string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Two answers to one key that named different numbers.</summary>
    public ConcurrentBag<string> Contradicted { get; } = [];

    public int Meant { get; } = (int)(perSecond * duration.TotalSeconds);

    /// <summary>How often an answer told nothing: a fault that never shows here did not bite.</summary>
    public int Unknown => unknown;

    /// <summary>The stream has run for half of its time.</summary>
    public Task HalfWay => halfWay.Task;

    public string Run => run;

    public async Task Play(CancellationToken ct = default)
    {
        using var client = system.As("integration");
        var clock = Stopwatch.StartNew();
        var posts = new List<Task>(Meant);
        for (var k = 0; k < Meant; k++)
        {
            var early = TimeSpan.FromSeconds((double)k / perSecond) - clock.Elapsed;
            if (early > TimeSpan.Zero)
                await Task.Delay(early, ct);
            posts.Add(Post(client, $"{run}-{k}", ct));
            if (k == Meant / 2)
                halfWay.SetResult();
        }

        await Task.WhenAll(posts);
    }

    private async Task Post(HttpClient client, string externalId, CancellationToken ct)
    {
        while (true)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/requests")
            {
                Content = JsonContent.Create(Request(externalId)),
            };
            message.Headers.Add("Idempotency-Key", externalId);
            try
            {
                using var answer = await client.SendAsync(message, ct);
                var status = (int)answer.StatusCode;
                if (status is 200 or 201)
                {
                    var number = (await answer.Content.ReadFromJsonAsync<JsonNode>(ct))!["number"]!.GetValue<string>();
                    if (Accepted.GetOrAdd(externalId, number) != number)
                        Contradicted.Add(externalId);
                    return;
                }

                if (status is not (409 or 429) and < 500)
                {
                    Refused[externalId] = $"{status} {await answer.Content.ReadAsStringAsync(ct)}";
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // Nothing is known: the same key again.
            }

            Interlocked.Increment(ref unknown);
            await Task.Delay(TimeSpan.FromMilliseconds(250), ct);
        }
    }

    private static object Request(string externalId) =>
        new
        {
            source = "faults",
            externalId,
            channel = EscalationProbe.Channel,
            type = "inquiry",
            urgency = "normal",
            language = "zh-CN",
            customer = new { externalId = $"F-{externalId}", name = "张伟" },
            subject = "故障演练",
            description = new { what = "请求不能丢，也不能重复" },
        };
}
