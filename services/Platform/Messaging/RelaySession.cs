using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CustomerFeedback.Messaging;

/// <summary>One connection to the broker and what is under way on it. Never revived: on any doubt it is dropped and its rows are sent again.</summary>
internal sealed class RelaySession(
    MessagingSetup setup,
    RelayOptions options,
    ConcurrentQueue<Settled> settled,
    RelaySignal signal,
    ILogger log
) : IDisposable
{
    private readonly Channel<Claimed> _toSend = Channel.CreateUnbounded<Claimed>(new() { SingleReader = true });
    private readonly Dictionary<ulong, Claimed> _unconfirmed = [];
    private readonly ConcurrentDictionary<string, byte> _returned = new();
    private readonly PublishPlan _plan = new(setup);
    private readonly CancellationTokenSource _over = new();
    private IConnection? _connection;
    private ulong _last;
    private ulong _lowest = 1;
    private int _outstanding;
    private long _progress;
    private volatile Exception? _failure;
    private volatile bool _blocked;
    private volatile bool _proven;

    /// <summary>Rows handed over and not yet settled.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Until the broker has answered once, one message is at stake: a broker that blocks publishers accepts connections too.</summary>
    public int Room => (_proven ? options.Batch * 2 : 1) - Outstanding;

    public async Task Open(CancellationToken ct)
    {
        _connection = await Broker.Connect(setup, "relay", ct);
        _connection.ConnectionBlockedAsync += (_, e) =>
        {
            _blocked = true;
            log.BrokerBlocked(e.Reason);
            return Task.CompletedTask;
        };
        _connection.ConnectionUnblockedAsync += (_, _) =>
        {
            Interlocked.Exchange(ref _progress, Stopwatch.GetTimestamp());
            _blocked = false;
            log.BrokerUnblocked();
            return Task.CompletedTask;
        };
        // Confirms are counted here and not by the client: no task and no exception per message.
        var channel = await _connection
            .CreateChannelAsync(
                new CreateChannelOptions(
                    publisherConfirmationsEnabled: true,
                    publisherConfirmationTrackingEnabled: false
                ),
                ct
            )
            .WaitAsync(options.SendTimeout, ct);
        channel.BasicAcksAsync += (_, e) => Confirm(e.DeliveryTag, e.Multiple, taken: true);
        channel.BasicNacksAsync += (_, e) => Confirm(e.DeliveryTag, e.Multiple, taken: false);
        channel.BasicReturnAsync += (_, e) =>
        {
            _returned[e.BasicProperties.MessageId ?? ""] = 0;
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, e) => Fail(new IOException(e.ReplyText, e.Exception));
        var over = _over.Token;
        _ = Task.Run(() => SendAll(channel, over), CancellationToken.None);
    }

    public void Send(List<Claimed> rows)
    {
        if (rows.Count == 0)
            return;
        if (Interlocked.Add(ref _outstanding, rows.Count) == rows.Count)
            Interlocked.Exchange(ref _progress, Stopwatch.GetTimestamp());
        foreach (var row in rows)
            _toSend.Writer.TryWrite(row);
    }

    /// <summary>Throws when the connection is gone, or when the broker has owed every confirm for too long.</summary>
    public void ThrowIfStuck()
    {
        if (_failure is { } failure)
            throw failure;
        // A broker in alarm says so, and then owes nothing until it says otherwise; heartbeats tell whether it still lives.
        if (
            Outstanding > 0
            && !_blocked
            && Stopwatch.GetElapsedTime(Interlocked.Read(ref _progress)) > options.SendTimeout
        )
            throw new TimeoutException($"No confirm for {options.SendTimeout}; a message given up may still arrive.");
    }

    /// <summary>Ends the session; what was not confirmed is given back at once, for whoever reaches the broker first.</summary>
    public void Dispose()
    {
        if (_over.IsCancellationRequested)
            return;

        _failure ??= new OperationCanceledException();
        _toSend.Writer.TryComplete();
        _over.Cancel();
        lock (_unconfirmed)
        {
            foreach (var row in _unconfirmed.Values)
                settled.Enqueue(new Settled(row, Sent: false, TimeSpan.Zero));
            _unconfirmed.Clear();
        }
        while (_toSend.Reader.TryRead(out var row))
            settled.Enqueue(new Settled(row, Sent: false, TimeSpan.Zero));
        Broker.Abandon(_connection);
        _over.Dispose();
    }

    private async Task SendAll(IChannel channel, CancellationToken over)
    {
        try
        {
            await foreach (var row in _toSend.Reader.ReadAllAsync(over))
            {
                // Too late to be confirmed within the lease: another relay may have it before the broker answers.
                if (
                    Stopwatch.GetTimestamp()
                    > row.Until - (long)(options.SendTimeout.TotalSeconds * Stopwatch.Frequency)
                )
                {
                    Settle(row, sent: false, TimeSpan.Zero);
                    continue;
                }

                var message = await Plan(row, channel, over);
                using var span = MessageSpans.Publish(row, message);
                if (TryTrack(row))
                    await channel.BasicPublishAsync(
                        message.Exchange,
                        message.RoutingKey,
                        message.Mandatory,
                        message.Properties,
                        row.Body,
                        over
                    );
            }
        }
        catch (Exception e)
        {
            await Fail(e);
        }
    }

    private async ValueTask<Outgoing> Plan(Claimed row, IChannel channel, CancellationToken over)
    {
        try
        {
            return await _plan.For(row, channel, over);
        }
        catch (Exception)
        {
            Settle(row, sent: false, TimeSpan.Zero); // in nobody's list at this moment
            throw;
        }
    }

    private bool TryTrack(Claimed row)
    {
        lock (_unconfirmed)
        {
            if (_failure is null)
            {
                _unconfirmed.Add(++_last, row);
                return true;
            }
        }

        Settle(row, sent: false, TimeSpan.Zero);
        return false;
    }

    private Task Confirm(ulong tag, bool multiple, bool taken)
    {
        lock (_unconfirmed)
        {
            for (var number = multiple ? _lowest : tag; number <= tag; number++)
                if (_unconfirmed.Remove(number, out var row))
                    Judge(row, taken);
            while (_lowest <= _last && !_unconfirmed.ContainsKey(_lowest))
                _lowest++;
        }

        _proven = true;
        Interlocked.Exchange(ref _progress, Stopwatch.GetTimestamp());
        if (Outstanding == 0 || settled.Count >= options.Batch / 2)
            signal.Wake();
        return Task.CompletedTask;
    }

    private void Judge(Claimed row, bool taken)
    {
        // The broker returns an unroutable message before it confirms it.
        if (!_returned.IsEmpty && _returned.TryRemove(PublishPlan.MessageId(row), out _))
        {
            Metrics.Unroutable.Add(1);
            log.Unroutable(row.Id, row.Type);
            Settle(row, sent: false, Backoff(row.Epoch));
        }
        else if (taken)
        {
            Metrics.Published.Add(1);
            Settle(row, sent: true, TimeSpan.Zero);
        }
        else
        {
            Settle(row, sent: false, Backoff(row.Epoch));
        }
    }

    private static TimeSpan Backoff(int epoch) =>
        TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(epoch, 6) - 1)));

    private void Settle(Claimed row, bool sent, TimeSpan delay)
    {
        Interlocked.Decrement(ref _outstanding);
        settled.Enqueue(new Settled(row, sent, delay));
    }

    private Task Fail(Exception reason)
    {
        _failure ??= reason;
        signal.Wake();
        return Task.CompletedTask;
    }
}
