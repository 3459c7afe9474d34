using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>A company system that sends requests, and the people who look at the tickets; all through the gateway.</summary>
internal sealed class Shop : IDisposable
{
    private static int _number;
    private readonly HttpClient _integration;
    private readonly HttpClient _manager;
    private readonly HttpClient _admin;

    /// <summary>Each shop is a client of its own: rate limits and natural keys of tests do not meet.</summary>
    public Shop(RunningSystem system)
    {
        var name = $"shop-{Interlocked.Increment(ref _number)}";
        _integration = Client(system, TestTokens.For(name, ["integration"]));
        _manager = Client(system, TestTokens.For("zhao.min", ["manager"]));
        _admin = Client(system, TestTokens.For("admin", ["admin"]));
    }

    public static object Request(
        string externalId,
        string channel = "app",
        string type = "inquiry",
        string urgency = "normal",
        string segment = "regular",
        string language = "zh-CN",
        string? store = null
    ) =>
        new
        {
            source = "shop",
            externalId,
            channel,
            type,
            urgency,
            language,
            customer = new
            {
                externalId = $"customer-of-{externalId}",
                name = "张伟",
                phone = "13800001234",
                segment,
            },
            subject = "订单漏发",
            description = new { what = $"订单 {externalId} 少发一件", expectation = "今天补发" },
            store,
        };

    public Task<HttpResponseMessage> Post(object request, string? idempotencyKey = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/v1/requests") { Content = JsonContent.Create(request) };
        if (idempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", idempotencyKey);

        return _integration.SendAsync(message);
    }

    public Task<HttpResponseMessage> Send(HttpRequestMessage message) => _integration.SendAsync(message);

    /// <summary>Sends until it is accepted, as an integrator does: a request with an external id may be sent again without harm.</summary>
    public async Task<JsonElement> Accepted(object request)
    {
        var accepted = await Eventually.Gives<JsonDocument>(
            async () =>
            {
                using var answer = await Post(request);
                if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
                    return JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

                // An outage is worth another try; a refusal is the end of the test.
                ((int)answer.StatusCode).ShouldBeOneOf(
                    [429, 500, 502, 503, 504],
                    await answer.Content.ReadAsStringAsync()
                );
                return null;
            },
            within: TimeSpan.FromSeconds(180)
        );
        return accepted.RootElement;
    }

    /// <summary>The ticket, as soon as it can be read.</summary>
    public async Task<JsonElement> Ticket(string number, TimeSpan? within = null)
    {
        var ticket = await Eventually.Gives<JsonDocument>(
            async () =>
            {
                using var answer = await _manager.GetAsync($"/v1/tickets/{number}");
                return answer.StatusCode == HttpStatusCode.OK
                    ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync())
                    : null;
            },
            within ?? TimeSpan.FromSeconds(120)
        );
        return ticket.RootElement;
    }

    /// <summary>The invitations of what this shop brought.</summary>
    public async Task<IReadOnlyList<JsonElement>> Invitations(string number) =>
        [
            .. (await _integration.GetFromJsonAsync<JsonElement>($"/v1/invitations?ticket={number}"))
                .GetProperty("items")
                .EnumerateArray(),
        ];

    public async Task<JsonElement> Read(string path) => await _manager.GetFromJsonAsync<JsonElement>(path);

    public async Task Command(string number, string command, object body)
    {
        using var answer = await _manager.PostAsJsonAsync($"/v1/tickets/{number}/{command}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{command}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The customer is called and the matter settled.</summary>
    public async Task Resolve(string number)
    {
        await Command(
            number,
            "contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "致歉",
            }
        );
        await Command(number, "resolutions", new { solution = "已补发", firstContactResolution = true });
    }

    public async Task<HttpResponseMessage> PutPolicy(string id, object policy) =>
        await _admin.PutAsJsonAsync($"/v1/sla/policies/{id}", policy);

    public async Task<JsonElement> DeadLetters(string service) =>
        await _admin.GetFromJsonAsync<JsonElement>($"/v1/admin/{service}/dead-letters");

    public void Dispose()
    {
        _integration.Dispose();
        _manager.Dispose();
        _admin.Dispose();
    }

    private static HttpClient Client(RunningSystem system, string token) =>
        new()
        {
            BaseAddress = system.Gateway,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
}
