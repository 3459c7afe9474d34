using CustomerFeedback.Messaging;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>A running host with messaging in it, as a service has it.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Queue = "shop-note-on-order-placed";

    private readonly WebApplication _app;

    private Shop(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public HttpClient Client => ((TestServer)Services.GetRequiredService<IServer>()).CreateClient();

    /// <summary>The host, built but not started.</summary>
    public static WebApplication Build(
        string database,
        Uri broker,
        Action<Consumers>? consume = null,
        Action<WebApplicationBuilder>? more = null,
        bool hasConsumers = true
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("TEST_LOG") is not null)
            builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Information);
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:Database"] = database,
                ["ConnectionStrings:Broker"] = broker.ToString(),
                ["Relay:LongestPause"] = "00:00:01",
            }
        );
        builder.Services.AddSingleton<Seen>();
        builder.Services.AddDbContext<ShopDbContext>(db => db.UseNpgsql(database));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddMessaging<ShopDbContext>(
            "shop",
            [new(typeof(OrderPlaced), hasConsumers), new(typeof(OrderSeen), HasConsumers: false)],
            consume
        );
        more?.Invoke(builder);
        return builder.Build();
    }

    public static async Task<Shop> Start(
        string database,
        Uri broker,
        Action<Consumers>? consume = null,
        Action<WebApplicationBuilder>? more = null,
        bool migrate = true,
        Action<WebApplication>? routes = null,
        bool hasConsumers = true
    )
    {
        var app = Build(database, broker, consume, more, hasConsumers);
        if (migrate)
            await Topology.Declare(app.Services.GetRequiredService<MessagingSetup>(), CancellationToken.None);
        routes?.Invoke(app);
        await app.StartAsync();
        return new Shop(app);
    }

    /// <summary>As a slice gets it.</summary>
    public ShopDbContext Context() => Services.CreateScope().ServiceProvider.GetRequiredService<ShopDbContext>();

    /// <summary>Saves a note and its event, as a slice does.</summary>
    public async Task Place(params int[] numbers)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        foreach (var number in numbers)
            db.Publish(new OrderPlaced(number), $"order-{number}");
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What consumers were handed, effect or not.</summary>
internal sealed class Seen
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Deliveries { get; } = new();

    /// <summary>How many of them the broker had handed out before.</summary>
    public int Redelivered;

    /// <summary>Ends what would go on for ever.</summary>
    public CancellationTokenSource StandStill { get; } = new();
}

/// <summary>Notes each order once.</summary>
internal sealed class NoteOnOrderPlaced(ShopDbContext db, Seen seen) : IConsumer<OrderPlaced>
{
    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        seen.Deliveries.Enqueue($"{context.Message.Number}");
        if (context.ReceiveContext.Redelivered)
            Interlocked.Increment(ref seen.Redelivered);
        await db.HandleOnce(
            context,
            _ =>
            {
                db.Notes.Add(new Note { Text = $"order {context.Message.Number}" });
                return Task.CompletedTask;
            }
        );
    }
}
