using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Carrying;
using CustomerFeedback.Notifications.Features.Sending;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Notifications.Tests;

/// <summary>A real host with a database of its own; the services it asks and the provider it sends to are real listeners of this test.</summary>
public sealed class NotificationsWorld : IAsyncLifetime
{
    private TestDatabase<NotificationsDbContext> database = null!;

    internal Neighbours Neighbours { get; private set; } = null!;
    internal Recorder Provider { get; } = new();
    internal FakeClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 1, 0, 0, TimeSpan.Zero));
    internal ServiceHost<NotificationsDbContext> Host { get; private set; } = null!;
    internal TestDatabase<NotificationsDbContext> Database => database;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.For<NotificationsDbContext>();
        Neighbours = await Neighbours.Start();
        Host = new(
            database,
            clock: Clock,
            settings: Settings(Neighbours),
            services: services =>
            {
                services.Remove(services.Single(s => s.ImplementationType == typeof(LogAdapter)));
                services.AddSingleton<IAdapter>(Provider);
                // The tests send by hand: time stands still for the worker.
                services.Remove(services.Single(s => s.ImplementationType == typeof(SendDeliveries)));
                services.AddSingleton<SendDeliveries>();
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Neighbours.DisposeAsync();
        await database.DisposeAsync();
    }

    internal static Dictionary<string, string> Settings(Neighbours neighbours) =>
        new(StringComparer.Ordinal)
        {
            ["Notifications:PublicUrl"] = "https://feedback.example.com/",
            ["Notifications:Channels:phone"] = "log",
            ["Notifications:Channels:email"] = "log",
            ["Notifications:Channels:alert"] = "log",
            ["Edges:Intake"] = neighbours.Address,
            ["Edges:Ticketing"] = neighbours.Address,
            ["Edges:Survey"] = neighbours.Address,
            ["Edges:TokenFile"] = neighbours.TokenFile,
        };

    internal async Task Enqueue(params DeliveryRow[] rows)
    {
        await using var db = database.Context();
        await db.Enqueue(rows, TestContext.Current.CancellationToken);
    }

    internal T Slice<T>()
        where T : class
    {
        var scope = Host.Services.CreateScope();
        return ActivatorUtilities.CreateInstance<T>(scope.ServiceProvider);
    }

    internal Task<int> Send() =>
        Host.Services.GetRequiredService<SendDeliveries>().SendBatch(TestContext.Current.CancellationToken);

    internal async Task<DeliveryRow> Row(Guid id)
    {
        await using var db = database.Context();
        return await db.Deliveries.AsNoTracking().SingleAsync(row => row.Id == id);
    }

    /// <summary>What was announced of a delivery.</summary>
    internal async Task<List<(string Type, JsonNode Message)>> Events(Guid delivery)
    {
        await using var db = database.Context();
        var rows = await db.Set<OutboxRow>()
            .AsNoTracking()
            .Where(row => row.Subject == delivery.ToString())
            .ToListAsync();
        return [.. rows.Select(row => (row.Type.Split(':')[^1], JsonNode.Parse(row.Body)!["message"]!))];
    }
}

/// <summary>In the place of the log: an adapter that keeps what it is given and answers what it is told to.</summary>
internal sealed class Recorder : IAdapter
{
    public string Name => "log";

    public ConcurrentQueue<OutgoingMessage> Sent { get; } = [];

    public Func<OutgoingMessage, Verdict> Answer { get; set; } = _ => new Verdict.Delivered();

    public Task<Verdict> Send(OutgoingMessage message, CancellationToken ct)
    {
        Sent.Enqueue(message);
        return Task.FromResult(Answer(message));
    }

    public OutgoingMessage Only(Guid id) => Sent.Where(message => message.Id == id).ShouldHaveSingleItem();
}

/// <summary>Intake, Ticketing and Survey as Notifications sees them.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    public const string Contacts = "/internal/contacts";
    private readonly WebApplication app;

    private Neighbours(WebApplication app, string tokenFile) => (this.app, TokenFile) = (app, tokenFile);

    public string Address => app.Urls.First();
    public string TokenFile { get; }

    /// <summary>Paths that were asked for, with the token that came along.</summary>
    public ConcurrentQueue<(string Path, string Token)> Asked { get; } = [];

    /// <summary>What Intake was asked.</summary>
    public ConcurrentQueue<JsonNode> Questions { get; } = [];

    /// <summary>Whom Intake gives no address of, and why; everybody else has the usual one.</summary>
    public ConcurrentDictionary<Guid, string> Refusals { get; } = new();

    public bool IntakeAnswers { get; set; } = true;

    /// <summary>Status and body per path of a link; everything else is the usual answer.</summary>
    public ConcurrentDictionary<string, (int Status, object Body)> Answers { get; } = new();

    public static async Task<Neighbours> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var made = builder.Build();
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, "a-token\n");
        var neighbours = new Neighbours(made, token);
        made.Run(neighbours.Answer);
        await made.StartAsync();
        return neighbours;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        File.Delete(TokenFile);
    }

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        Asked.Enqueue((path, http.Request.Headers.Authorization.ToString()));
        if (path == Contacts)
            await AnswerContacts(http);
        else
            await AnswerLink(http, path);
    }

    private async Task AnswerContacts(HttpContext http)
    {
        var questions = (await http.Request.ReadFromJsonAsync<JsonArray>(http.RequestAborted))!;
        foreach (var question in questions)
            Questions.Enqueue(question!);
        if (!IntakeAnswers)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var answers = questions.Select(question =>
            Refusals.TryGetValue((Guid)question!["customer"]!, out var refusal)
                ? new JsonObject { ["refusal"] = refusal }
                : new JsonObject
                {
                    ["channel"] = "phone",
                    ["address"] = "13800001234",
                    ["name"] = "张伟",
                    ["language"] = "zh-CN",
                }
        );
        await http.Response.WriteAsJsonAsync(answers, http.RequestAborted);
    }

    public static object Briefing(string emotion = "calm", params object[] deadlines) =>
        new
        {
            customer = "张*",
            segment = "vip",
            category = "complaint",
            subcategory = "logistics",
            complaintLevel = 2,
            urgency = "urgent",
            emotion,
            deadlines,
        };

    private Task AnswerLink(HttpContext http, string path)
    {
        if (Answers.TryGetValue(path, out var told))
        {
            http.Response.StatusCode = told.Status;
            return http.Response.WriteAsJsonAsync(told.Body, http.RequestAborted);
        }
        return http.Response.WriteAsJsonAsync<object>(
            path.Split('/')[2] switch
            {
                "tickets" when path.EndsWith("/briefing", StringComparison.Ordinal) => Briefing(),
                "tickets" => new { url = "/status/a-status-token" },
                _ => new
                {
                    url = "/s/a-survey-token",
                    language = "zh-CN",
                    expiresAt = DateTimeOffset.UnixEpoch,
                },
            },
            http.RequestAborted
        );
    }
}
