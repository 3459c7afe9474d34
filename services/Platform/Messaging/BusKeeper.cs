using System.Diagnostics;
using MassTransit;
using MassTransit.Context;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CustomerFeedback.Messaging;

/// <summary>
/// Runs the bus, and replaces it by a new one when it does not come back by itself: MassTransit does not let go of a lost connection (nor does it
/// always notice) while one of its handlers or acknowledgements hangs, and a bus stopped and started again clings to it too.
/// </summary>
internal sealed class BusKeeper(
    MessagingSetup setup,
    IServiceScopeFactory scopes,
    ILoggerFactory logs,
    ILogger<BusKeeper> log
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (setup.Consumers.All(consumer => consumer.Configure is null))
            return;

        LogContext.ConfigureCurrentLogContext(logs);
        while (true)
        {
            var line = new BusLine();
            var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => Configure(rabbit, line));
            bus.ConnectReceiveObserver(line);
            // Not awaited: it starts as soon as the broker is there, and the service is up without it.
            using var begun = new CancellationTokenSource();
            var starting = bus.StartAsync(begun.Token);
            var lost = await IsLost(bus, line, starting, stoppingToken);
            await begun.CancelAsync();
            var stopping = Stop(bus, starting);
            if (!lost)
            {
                await stopping;
                return;
            }

            log.BusReplaced(); // and nobody waits for what is left of the old one
        }
    }

    private void Configure(IRabbitMqBusFactoryConfigurator rabbit, BusLine line)
    {
        rabbit.Host(
            setup.Broker,
            host =>
            {
                host.ConnectionName($"{setup.Service} consumers");
                host.Heartbeat(TimeSpan.FromSeconds(10));
                host.OnRefreshConnectionFactory = line.Renewed;
            }
        );
        rabbit.ConfigureJsonSerializerOptions(MessagingJson.Configure);
        rabbit.SendTopology.ConfigureErrorSettings = Topology.PlainQuorum;
        rabbit.SendTopology.ConfigureDeadLetterSettings = Topology.PlainQuorum;
        foreach (var consumer in setup.Consumers)
            consumer.Configure?.Invoke(scopes, rabbit);
    }

    /// <summary>True when the bus should be at work and is not; false when the host stops.</summary>
    private async Task<bool> IsLost(IBusControl bus, BusLine line, Task starting, CancellationToken ct)
    {
        long? since = null;
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (starting.IsFaulted)
                return true;
            // Counted from when the broker answers: while it is away, waiting is all that anybody can do.
            var works = bus.CheckHealth().Status == BusHealthStatus.Healthy && !line.IsCut;
            if (works || !await BrokerAnswers(ct))
                since = null;
            else if (Stopwatch.GetElapsedTime(since ??= Stopwatch.GetTimestamp()) > Patience)
                return true;
        }

        return false;
    }

    private async Task<bool> BrokerAnswers(CancellationToken ct)
    {
        try
        {
            Broker.Abandon(await Broker.Connect(setup, "watch", ct));
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task Stop(IBusControl bus, Task starting)
    {
        try
        {
            // A bus that is still starting takes no notice of being stopped, and would consume when everything else is gone.
            await starting.WaitAsync(StopLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var limit = new CancellationTokenSource(StopLimit);
            await bus.StopAsync(limit.Token).WaitAsync(StopLimit + Every);
        }
        catch (Exception e)
        {
            log.BusNotStopped(e.Message);
        }
    }
}

/// <summary>The connection that brought the last message: closed, and no new one sought, is a bus that has not noticed.</summary>
internal sealed class BusLine : IReceiveObserver
{
    private volatile IConnection? _last;

    public bool IsCut => _last is { IsOpen: false };

    /// <summary>Called before each attempt to connect.</summary>
    public Task Renewed(ConnectionFactory factory)
    {
        _last = null;
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context)
    {
        if (
            context.TryGetPayload<ConnectionContext>(out var payload)
            && payload.Connection is { IsOpen: true } connection
        )
            _last = connection;
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}

/// <summary>A consumer slice in a scope of its own for each attempt.</summary>
internal sealed class ScopedConsumer<TConsumer>(IServiceScopeFactory scopes, string queue) : IConsumerFactory<TConsumer>
    where TConsumer : class
{
    private readonly ConsumerMeter _meter = new(queue);

    public async Task Send<T>(ConsumeContext<T> context, IPipe<ConsumerConsumeContext<TConsumer, T>> next)
        where T : class
    {
        await using var scope = scopes.CreateAsyncScope();
        var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
        using var spans = MessageSpans.Handle(queue, context);
        var count = context is ConsumeContext<IEnumerable<ConsumeContext<object>>> batch ? batch.Message.Count() : 1;
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next.Send(new ConsumerConsumeContextScope<TConsumer, T>(context, consumer));
            _meter.Done(count, began);
        }
        catch (Exception e)
        {
            spans?.Fail(e);
            _meter.Failed(began);
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateConsumerFactoryScope<TConsumer>("scoped");
}
