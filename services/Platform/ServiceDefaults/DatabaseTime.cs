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
    /// <summary>So much may a host's count of seconds and the database's grow apart: 100 microseconds each second.</summary>
    private const double Drift = 1e-4;

    private volatile Told? _last;

    /// <param name="Doubt">The answer was on its way: so much earlier or later it may have been.</param>
    private sealed record Told(DateTimeOffset Time, long Stamp, TimeSpan Doubt);

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
        Heard(new DateTimeOffset(time), Stopwatch.GetElapsedTime(asked));
    }

    /// <summary>The database's time, somewhere in the middle of a trip that has just ended.</summary>
    /// <remarks>Under load trips are long, and what they tell is vague: what is known better stays, unless it cannot be true any more.</remarks>
    internal void Heard(DateTimeOffset time, TimeSpan trip)
    {
        var heard = new Told(time + (trip / 2), Stopwatch.GetTimestamp(), trip / 2);
        if (_last is { } last)
        {
            var known = last.Doubt + (Stopwatch.GetElapsedTime(last.Stamp) * Drift);
            var apart = (heard.Time - GetUtcNow()).Duration();
            if (heard.Doubt > known && apart <= heard.Doubt + known)
                return;
        }
        _last = heard;
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
