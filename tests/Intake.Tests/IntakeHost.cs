using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Intake.Tests;

/// <summary>A whole Intake on a database of its own; the broker is down, as Intake does not mind.</summary>
public class IntakeHost : IAsyncLifetime
{
    private ServiceHost<IntakeDbContext>? host;
    private TestDatabase<IntakeDbContext>? database;

    public FakeClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 1, 0, 0, TimeSpan.Zero));

    internal TestDatabase<IntakeDbContext> Database => database!;

    internal ServiceHost<IntakeDbContext> Host => host!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.For<IntakeDbContext>();
        host = new(database, await Broker(), Clock, Settings, Services);
    }

    protected virtual Task<TestBroker?> Broker() => Task.FromResult<TestBroker?>(null);

    protected virtual Action<IServiceCollection>? Services => null;

    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public async ValueTask DisposeAsync()
    {
        await host!.DisposeAsync();
        await database!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal HttpClient Shop(string sub = "shop-system") => Host.Client(TestTokens.For(sub, roles: ["integration"]));

    internal HttpClient As(string sub, string role, string[]? teams = null, string[]? scopes = null) =>
        Host.Client(TestTokens.For(sub, roles: [role], teams: teams, scopes: scopes));

    internal async Task<T> Sql<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>Requests as a shop would send them.</summary>
internal static class ShopRequest
{
    private static int next;

    /// <summary>The example of the API page, with an external id of its own.</summary>
    public static JsonObject Example(string? externalId = null) =>
        new()
        {
            ["source"] = "shop",
            ["externalId"] = externalId ?? $"A-{Interlocked.Increment(ref next)}",
            ["channel"] = "app",
            ["type"] = "complaint",
            ["urgency"] = "urgent",
            ["receivedAt"] = "2026-11-21T09:00:00+08:00",
            ["language"] = "zh-CN",
            ["customer"] = new JsonObject
            {
                ["externalId"] = "C-77",
                ["name"] = "张伟",
                ["company"] = null,
                ["phone"] = "13800001234",
                ["email"] = null,
                ["segment"] = "vip",
            },
            ["subject"] = "订单漏发",
            ["description"] = new JsonObject
            {
                ["what"] = "订单 A-1001 少发一件",
                ["when"] = "昨天",
                ["where"] = null,
                ["expectation"] = "今天补发",
            },
            ["product"] = "earphones",
            ["productVersion"] = null,
            ["orderRef"] = "A-1001",
            ["serviceStage"] = "after_sale",
            ["region"] = "east",
            ["store"] = "SH-01",
            ["attributes"] = new JsonObject(),
        };

    public static JsonObject With(this JsonObject body, string member, JsonNode? value)
    {
        body[member] = value;
        return body;
    }

    public static Task<HttpResponseMessage> Send(this HttpClient client, JsonNode body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/requests") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    public static async Task<JsonObject> Json(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static async Task<JsonObject> Accepted(this HttpClient client, JsonNode body)
    {
        var response = await client.Send(body);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Json();
    }
}
