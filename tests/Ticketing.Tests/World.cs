using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Features.Opening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Ticketing.Tests;

/// <summary>A real host on a database of its own, with a clock that moves when told to, and the people of the seeds.</summary>
public sealed class World : IAsyncLifetime
{
    private TestDatabase<TicketingDbContext> _database = null!;

    public FakeClock Clock { get; } = new();
    internal ServiceHost<TicketingDbContext> Host { get; private set; } = null!;

    internal HttpClient LiWei { get; private set; } = null!;
    internal HttpClient Manager { get; private set; } = null!;
    internal HttpClient Admin { get; private set; } = null!;

    /// <summary>Other than the defaults; null for these.</summary>
    internal IReadOnlyDictionary<string, string>? Settings { get; init; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.For<TicketingDbContext>();
        Host = new(_database, clock: Clock, settings: Settings);
        LiWei = As("li.wei", ["agent"], "front-line");
        Manager = As("zhao.min", ["manager"]);
        Admin = As("root", ["admin"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal HttpClient As(string subject, IReadOnlyList<string> roles, params string[] teams) =>
        Host.Client(TestTokens.For(subject, roles, teams));

    internal TicketingDbContext Db() => _database.Context();

    /// <summary>Opens tickets the way the consumer does: in its slice, in one transaction.</summary>
    internal Task Receive(params RequestReceived[] requests) =>
        Take<OpenTicketOnRequestReceived>((slice, ct) => slice.Open(requests, ct));

    /// <summary>Runs a slice as the bus does, in its own scope and one transaction.</summary>
    internal async Task Take<TSlice>(Func<TSlice, CancellationToken, Task> work)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var slice = ActivatorUtilities.CreateInstance<TSlice>(scope.ServiceProvider);
        await db.InTransaction(ct => work(slice, ct), TestContext.Current.CancellationToken);
    }

    internal async Task<string> Open(RequestReceived request)
    {
        await Receive(request);
        return request.Number;
    }

    /// <summary>A general inquiry, assigned to li.wei.</summary>
    internal Task<string> Inquiry() => Open(Requests.Of(Now));

    /// <summary>A slight complaint, assigned to li.wei.</summary>
    internal Task<string> Complaint() => Open(Requests.Of(Now, Contracts.Category.Complaint, level: 3));

    internal async Task<string> InProgress(string? number = null)
    {
        number ??= await Inquiry();
        await Do(LiWei, number, "contacts", new { channel = "phone", outcome = "reached" });
        return number;
    }

    internal async Task<string> Resolved(string? number = null)
    {
        number = await InProgress(number);
        await Do(LiWei, number, "resolutions", new { solution = "已补发", firstContactResolution = true });
        return number;
    }

    internal async Task<string> Closed()
    {
        var number = await Resolved();
        await Do(LiWei, number, "confirmations", new { solved = true });
        return number;
    }

    /// <summary>A command that is expected to work; gives the ticket as answered.</summary>
    internal static async Task<JsonNode> Do(HttpClient by, string number, string command, object body)
    {
        using var answer = await by.PostAsJsonAsync($"/v1/tickets/{number}/{command}", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal static async Task<JsonNode> Ticket(HttpClient by, string number) =>
        JsonNode.Parse(await by.GetStringAsync($"/v1/tickets/{number}"))!;

    internal async Task<JsonNode> Ticket(string number) => await Ticket(Manager, number);

    internal async Task<List<JsonNode>> Timeline(string number)
    {
        var page = JsonNode.Parse(await Manager.GetStringAsync($"/v1/tickets/{number}/timeline?limit=200"))!;
        return [.. page["items"]!.AsArray().Select(line => line!)];
    }

    internal async Task<List<string>> Kinds(string number) =>
        [.. (await Timeline(number)).Select(line => (string)line["kind"]!)];

    /// <summary>What was announced about a ticket, in order of its versions.</summary>
    internal async Task<List<(string Type, JsonElement Message)>> Events(string number)
    {
        await using var db = Db();
        var rows = await db.Set<OutboxRow>().AsNoTracking().ToListAsync();
        return
        [
            .. rows.Select(row => (row.Type.Split(':')[^1], JsonElement.Parse(row.Body).GetProperty("message")))
                .Where(e => e.Item2.TryGetProperty("number", out var n) && n.GetString() == number)
                .OrderBy(e => e.Item2.GetProperty("version").GetInt32()),
        ];
    }
}
