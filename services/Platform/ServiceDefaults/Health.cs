using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>A question asked before saying "ready"; throws when the answer is no.</summary>
public sealed record ReadinessCheck(string Name, Func<IServiceProvider, CancellationToken, Task> Ask);

/// <summary>/livez: the process runs. /readyz: it can work and is not going. /startupz: it has come up.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Ready only while the database answers; and the time is the database's.</summary>
    public static void AddDatabaseReadiness(
        this IHostApplicationBuilder builder,
        Func<IServiceProvider, DbConnection> connect
    )
    {
        builder.Services.AddSingleton(s => new DatabaseTime(() => connect(s), TimeProvider.System));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(s => s.GetRequiredService<DatabaseTime>()));
        builder.Services.AddHostedService<KeepTime>();
        builder.Services.AddSingleton(
            new ReadinessCheck(
                "database",
                async (services, ct) =>
                {
                    await using var connection = connect(services);
                    await connection.OpenAsync(ct);
                    await using var command = connection.CreateCommand();
                    command.CommandText = "SELECT 1";
                    await command.ExecuteScalarAsync(ct);
                }
            )
        );
    }

    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", () => "alive").ExcludeFromDescription();
        routes
            .MapGet("/startupz", (Lifecycle host) => host.Started ? Results.Text("started") : Problem.Of(503))
            .ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(
        Lifecycle host,
        ReadinessGauge gauge,
        IEnumerable<ReadinessCheck> checks,
        IServiceProvider services,
        ILogger<Lifecycle> log,
        CancellationToken ct
    )
    {
        var refusal = await Refusal(host, checks, services, log, ct);
        gauge.Note(refusal is null);
        return refusal ?? Results.Text("ready");
    }

    private static async Task<IResult?> Refusal(
        Lifecycle host,
        IEnumerable<ReadinessCheck> checks,
        IServiceProvider services,
        ILogger log,
        CancellationToken ct
    )
    {
        if (host.Draining)
            return Problem.Refused(503, Problem.Draining, "This instance is going.");
        foreach (var check in checks)
        {
            if (await Ask(check, services, ct) is not { } failure)
                continue;
            log.LogWarning(failure, "Not ready: {Check}", check.Name);
            return Problem.Refused(503, Problem.NotReady, $"Not ready: {check.Name}.");
        }
        return null;
    }

    /// <summary>Null when the answer is yes; no answer in time is a no.</summary>
    internal static async Task<Exception?> Ask(ReadinessCheck check, IServiceProvider services, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await check.Ask(services, patience.Token).WaitAsync(patience.Token);
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return e;
        }
    }
}

/// <summary>Section <c>Drain</c>: how a host goes.</summary>
internal sealed class DrainOptions
{
    /// <summary>How long a host that is told to stop says "not ready" before it stops, so that whoever routes here looks elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Delay { get; set; }
}

/// <summary>On SIGTERM: says "not ready" first and waits <c>Drain:Delay</c>, so that whoever routes here looks elsewhere; then stops.</summary>
internal sealed class Lifecycle(IOptions<DrainOptions> options, IHostApplicationLifetime lifetime)
    : IHostedLifecycleService
{
    public bool Started => lifetime.ApplicationStarted.IsCancellationRequested;

    public bool Draining { get; private set; }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Draining = true;
        return Task.Delay(options.Value.Delay, TimeProvider.System, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
