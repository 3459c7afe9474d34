using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>The time of a service's database. Hosts' clocks disagree, and jump: what replicas decide by time they decide by this one.</summary>
/// <param name="connect">To the database.</param>
/// <param name="host">What counts until the database has told its time.</param>
public sealed class DatabaseTime(Func<DbConnection> connect, TimeProvider host) : TimeProvider
{
    private volatile Told? _last;

    private sealed record Told(DateTimeOffset Time, long Stamp);

    // Between two answers the monotonic clock counts: nobody sets that one.
    public override DateTimeOffset GetUtcNow() =>
        _last is { } told ? told.Time + Stopwatch.GetElapsedTime(told.Stamp) : host.GetUtcNow();

    internal async Task Ask(CancellationToken ct)
    {
        await using var connection = connect();
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT clock_timestamp()";
        var asked = Stopwatch.GetTimestamp();
        var time = (DateTime)(await command.ExecuteScalarAsync(ct))!;
        _last = new(new DateTimeOffset(time) + (Stopwatch.GetElapsedTime(asked) / 2), Stopwatch.GetTimestamp());
    }
}

/// <summary>Asks for the time before anything is decided, and then again and again. While nobody answers, the time goes on from the last answer.</summary>
internal sealed class KeepTime(DatabaseTime time, ILogger<KeepTime> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Ask(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Ask(stoppingToken);
    }

    private async Task Ask(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await time.Ask(patience.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug(e, "The database did not tell the time");
        }
    }
}
