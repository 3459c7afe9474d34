using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CustomerFeedback.Messaging;

/// <summary>Brings envelopes in batches to their consumers, over a connection of its own; acknowledged when they are kept, never before.</summary>
internal sealed class EnvelopeLine(
    MessagingSetup setup,
    IServiceScopeFactory scopes,
    Backlog backlog,
    ILogger<EnvelopeLine> log
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private const int Tries = 5;

    private sealed record Delivery(
        ulong Tag,
        IReadOnlyBasicProperties Properties,
        byte[] Body,
        bool Again,
        Envelope? Envelope
    );

    private sealed record Line(Consumers.Registration Taken, IChannel Channel, ChannelReader<Delivery> Arrived)
    {
        public ConsumerMeter Meter { get; } = new(Taken.Queue);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            setup
                .Consumers.Where(taken => taken.Envelopes is not null)
                .Select(taken =>
                    Broker.Keep(
                        setup,
                        "envelopes",
                        log,
                        (connection, goesWell) => Take(connection, taken, goesWell, stoppingToken),
                        stoppingToken
                    )
                )
        );

    private async Task Take(IConnection connection, Consumers.Registration taken, Action goesWell, CancellationToken ct)
    {
        var confirmed = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true
        );
        var channel = await connection.CreateChannelAsync(confirmed, ct);
        var arrived = Channel.CreateUnbounded<Delivery>(); // the prefetch bounds it
        Task Over(string why, Exception? cause)
        {
            arrived.Writer.TryComplete(new IOException(why, cause));
            return Task.CompletedTask;
        }

        channel.ChannelShutdownAsync += (_, e) => Over(e.ReplyText, e.Exception);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => Over("The broker ended the consumer.", null);
        consumer.ReceivedAsync += (_, e) =>
        {
            var body = e.Body.ToArray(); // the client takes its buffer back
            arrived.Writer.TryWrite(new(e.DeliveryTag, e.BasicProperties, body, e.Redelivered, Envelope.Read(body)));
            return Task.CompletedTask;
        };
        await Topology.Declare(channel, taken, ct);
        // One batch in hand, and the next one fills meanwhile.
        await channel.BasicQosAsync(0, (ushort)Math.Min(taken.Envelopes!.BatchSize * 2, ushort.MaxValue), false, ct);
        await channel.BasicConsumeAsync(taken.Queue, autoAck: false, consumer, ct);
        try
        {
            var line = new Line(taken, channel, arrived.Reader);
            while (!ct.IsCancellationRequested)
            {
                var batch = await Gather(line, ct);
                await Settle(line, batch, ct);
                await channel.BasicAckAsync(batch[^1].Tag, multiple: true, CancellationToken.None);
                goesWell();
            }
        }
        finally
        {
            backlog.Note(taken.Queue, null);
        }
    }

    /// <summary>What has arrived, at most a batch; the first one waits a little for company.</summary>
    private async Task<List<Delivery>> Gather(Line line, CancellationToken ct)
    {
        bool any;
        do
        {
            var waiting = await line.Channel.MessageCountAsync(line.Taken.Queue, ct);
            backlog.Note(line.Taken.Queue, waiting + line.Arrived.Count);
            any = line.Arrived.Count > 0 || await Comes(line.Arrived, ct);
        } while (!any);

        var options = line.Taken.Envelopes!;
        if (line.Arrived.Count < options.BatchSize)
            await Task.Delay(options.BatchWait, ct);
        List<Delivery> batch = [];
        while (batch.Count < options.BatchSize && line.Arrived.TryRead(out var one))
            batch.Add(one);
        return batch;
    }

    private static async Task<bool> Comes(ChannelReader<Delivery> arrived, CancellationToken ct)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(ct);
        look.CancelAfter(Look);
        try
        {
            return await arrived.WaitToReadAsync(look.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Each of them is kept or moved aside. A bad one is found by halves, and its neighbours are kept.</summary>
    private async Task Settle(Line line, List<Delivery> batch, CancellationToken ct)
    {
        var attempt = 0;
        while (true)
        {
            try
            {
                await Keep(line, batch);
                return;
            }
            catch (Exception e) when (Outage.IsCauseOf(e))
            {
                // Not the messages' fault: they stay with the broker until the database is back, or the connection is lost.
                var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.1 * Math.Pow(2, attempt++)));
                log.ConnectionInterrupted("Keeping envelopes", pause, e.Message);
                await Task.Delay(pause, ct);
                if (line.Arrived.Completion.IsFaulted)
                    await line.Arrived.Completion;
            }
            catch (Exception e) when (batch.Count == 1 && attempt < Tries && Passes(e))
            {
                // A deadlock, a lock that was not to be had: the next moment is another one.
                await Task.Delay(TimeSpan.FromSeconds(0.1 * Math.Pow(2, attempt++)), ct);
            }
            catch (Exception e) when (batch.Count == 1)
            {
                await MoveAside(line, batch[0], e, ct);
                return;
            }
            catch (Exception)
            {
                var half = batch.Count / 2;
                await Settle(line, batch[..half], ct);
                await Settle(line, batch[half..], ct);
                return;
            }
        }
    }

    private static bool Passes(Exception e) =>
        e is DbException { IsTransient: true } || (e.InnerException is { } inner && Passes(inner));

    private async Task Keep(Line line, List<Delivery> batch)
    {
        var envelopes = batch.ConvertAll(one =>
            one.Envelope ?? throw new FormatException("The message is no envelope of an event.")
        );
        await using var scope = scopes.CreateAsyncScope();
        var consumer = (IEnvelopeConsumer)scope.ServiceProvider.GetRequiredService(line.Taken.Consumer);
        // Never cancelled: as with every handler, its repetition would find the work done.
        using var spans = MessageSpans.IsHeard ? MessageSpans.Handle(line.Taken.Queue, batch.Select(Brought)) : null;
        var began = Stopwatch.GetTimestamp();
        int fresh;
        try
        {
            fresh = await Outage.Ask(setup.Database, () => consumer.Consume(envelopes, CancellationToken.None));
            line.Meter.Done(batch.Count, began);
        }
        catch (Exception e)
        {
            spans?.Fail(e);
            line.Meter.Failed(began);
            throw;
        }

        var of = new KeyValuePair<string, object?>("consumer", line.Taken.Queue);
        if (fresh < batch.Count)
            Metrics.Duplicates.Add(batch.Count - fresh, of);
        if (batch.Count(one => one.Again) is > 0 and var again)
            Metrics.Redelivered.Add(again, of);
    }

    private static MessageSpans.Brought Brought(Delivery one) =>
        new(
            one.Properties.Headers?.TryGetValue("traceparent", out var parent) == true
                ? MessageSpans.Text(parent)
                : null,
            one.Properties.MessageId
        );

    /// <summary>To the error queue, with the reason, where the parker finds it.</summary>
    private static async Task MoveAside(Line line, Delivery bad, Exception reason, CancellationToken ct)
    {
        var properties = new BasicProperties(bad.Properties) { DeliveryMode = DeliveryModes.Persistent };
        properties.Headers = new Dictionary<string, object?>(
            bad.Properties.Headers ?? new Dictionary<string, object?>()
        )
        {
            ["MT-Fault-ExceptionType"] = reason.GetType().FullName,
            ["MT-Fault-Message"] = reason.Message,
        };
        var aside = Topology.Aside(line.Taken.Queue).First();
        await line.Channel.BasicPublishAsync(aside, "", mandatory: true, properties, bad.Body, ct);
    }
}
