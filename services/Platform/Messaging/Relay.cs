using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>
/// Carries the outbox to the broker. Any number of replicas may run: each leases rows, sends them outside any transaction and removes
/// them when the broker has confirmed, so a row is sent at least once, and once where nothing fails.
/// </summary>
internal sealed class Relay(
    MessagingSetup setup,
    IOptions<RelayOptions> settings,
    RelaySignal signal,
    ILogger<Relay> log
) : BackgroundService
{
    private readonly RelayOptions _options = settings.Value;
    private readonly ConcurrentQueue<Settled> _settled = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var store = new RelayStore(setup.Database, _options);
        var listening = Listen(stoppingToken);
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            using var session = new RelaySession(setup, _options, _settled, signal, log);
            try
            {
                await session.Open(stoppingToken);
                log.RelayConnected();
                await Run(session, store, () => failures = 0, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                await Finish(session, store);
            }
            catch (Exception e)
            {
                session.Dispose();
                await GiveBack(store);
                await Pause(++failures, e, stoppingToken);
            }
        }

        await listening;
    }

    private async Task Run(RelaySession session, RelayStore store, Action goesWell, CancellationToken ct)
    {
        var carried = 0L;
        while (!ct.IsCancellationRequested)
        {
            session.ThrowIfStuck();
            var room = session.Room;
            var rows = await Turn(store, room) ?? await Wait(ct);
            session.Send(rows);
            if (_settled.IsEmpty && room > 1)
                goesWell();

            // More than fits was due: come back as soon as there is room. Else wait for a signal, but let commits share a trip.
            var turned = Stopwatch.GetTimestamp();
            if (rows.Count > 0)
                carried = turned;
            var full = room > 0 && rows.Count == room;
            while (!Due(session, full))
            {
                session.ThrowIfStuck();
                var waited = Stopwatch.GetElapsedTime(turned);
                var patience = _settled.IsEmpty ? _options.Poll : _options.Linger;
                if (waited >= patience)
                    break;
                if (await signal.Rung(patience - waited, ct))
                {
                    // A trip that only settled holds nobody up.
                    var rest = _options.Linger - Stopwatch.GetElapsedTime(carried);
                    if (!Due(session, full) && rest > TimeSpan.Zero)
                        await Task.Delay(rest, ct);
                    break;
                }
            }
        }

        ct.ThrowIfCancellationRequested();
    }

    private bool Due(RelaySession session, bool full) =>
        _settled.Count >= _options.Batch / 2 || (full && session.Room >= _options.Batch / 2);

    /// <summary>Null when the database is away: what the broker has confirmed is kept and removed later.</summary>
    private async Task<List<Claimed>?> Turn(RelayStore store, int room)
    {
        List<Settled> settled = new(_settled.Count);
        while (settled.Count < _options.Batch * 2 && _settled.TryDequeue(out var one))
            settled.Add(one);
        try
        {
            // Never cancelled: a claim whose answer nobody reads is a row that nobody sends until its lease runs out.
            var rows = await store.Turn(settled, room, Fenced, CancellationToken.None);
            if (settled.Count(s => !s.Sent) is > 0 and var back)
                Metrics.Resent.Add(back);
            return rows;
        }
        catch (Exception e)
        {
            settled.ForEach(_settled.Enqueue);
            log.OutboxUnreachable(e.Message);
            return null;
        }
    }

    private static async Task<List<Claimed>> Wait(CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        return [];
    }

    private void Fenced(int count)
    {
        Metrics.Fenced.Add(count);
        log.Fenced(count);
    }

    private async Task GiveBack(RelayStore store)
    {
        // Where the database is away too, the leases run out by themselves.
        var reachable = true;
        while (reachable && !_settled.IsEmpty)
            reachable = await Turn(store, room: 0) is not null;
    }

    /// <summary>On the way out: what is under way may still be confirmed, the rest is given back.</summary>
    private async Task Finish(RelaySession session, RelayStore store)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (session.Outstanding > 0 && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5))
            {
                session.ThrowIfStuck();
                await signal.Rung(_options.Linger * 4, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            // Then it is given back like the rest.
        }

        session.Dispose();
        await GiveBack(store);
    }

    private async Task Pause(int failures, Exception reason, CancellationToken ct)
    {
        var seconds = 0.25 * Math.Pow(2, Math.Min(failures, 10)) * (0.75 + Random.Shared.NextDouble() / 2);
        var delay = TimeSpan.FromSeconds(Math.Min(seconds, _options.LongestPause.TotalSeconds));
        if (failures <= 5 || failures % 20 == 0)
            log.RelayInterrupted(delay, reason.Message); // not every attempt of a long outage
        await Task.Delay(delay, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Other processes call when they have more than they can carry alone.</summary>
    private async Task Listen(CancellationToken ct)
    {
        var address = new NpgsqlConnectionStringBuilder(setup.Database)
        {
            Pooling = false,
            ApplicationName = "relay listener",
            KeepAlive = 30,
        };
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(address.ConnectionString);
                await connection.OpenAsync(ct);
                connection.Notification += (_, _) => signal.Wake();
                await using (var listen = new NpgsqlCommand("LISTEN " + RelayStore.NotifyChannel, connection))
                    await listen.ExecuteNonQueryAsync(ct);
                while (true)
                    await connection.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.ListenInterrupted(e.Message);
                await Task.Delay(_options.LongestPause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
