using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Messaging;

/// <summary>How a consumer takes from its queue.</summary>
public sealed class ConsumerOptions
{
    /// <summary>Handled at the same time by one replica.</summary>
    public int ConcurrentMessages { get; set; } = 8;

    /// <summary>Fetched ahead from the broker.</summary>
    public ushort PrefetchCount { get; set; } = 64;

    /// <summary>For batches: the most messages that one call gets.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>For batches: how long the first message waits for company.</summary>
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For batches whose outcome nobody is waiting for: more company, fewer transactions.</summary>
    public static void Unhurried(ConsumerOptions options) => options.BatchWait = TimeSpan.FromMilliseconds(250);
}

/// <summary>The consumer slices of a service, each with a queue named after it.</summary>
public sealed class Consumers
{
    private readonly string _service;
    private readonly List<Registration> _registrations = [];

    internal Consumers(string service) => _service = service;

    internal IReadOnlyList<Registration> Registrations => _registrations;

    /// <summary>One slice's queue, and how the bus is told about it; null where the bus has no part in it, and envelopes are taken as they are.</summary>
    internal sealed record Registration(
        Type Consumer,
        string Queue,
        IReadOnlyList<Type> Events,
        Action<IServiceScopeFactory, IRabbitMqBusFactoryConfigurator>? Configure,
        ConsumerOptions? Envelopes = null
    );

    /// <summary>Slice <typeparamref name="TConsumer"/> handles <typeparamref name="TEvent"/>, one message at a time.</summary>
    public Consumers Consume<TConsumer, TEvent>(Action<ConsumerOptions>? options = null)
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class
    {
        var settings = new ConsumerOptions();
        options?.Invoke(settings);
        return Register<TConsumer, TEvent>(
            settings.PrefetchCount,
            settings.ConcurrentMessages,
            (scopes, endpoint) => endpoint.Consumer(new ScopedConsumer<TConsumer>(scopes, Queue<TConsumer>()))
        );
    }

    /// <summary>Slice <typeparamref name="TConsumer"/> handles <typeparamref name="TEvent"/> in batches.</summary>
    public Consumers ConsumeBatch<TConsumer, TEvent>(Action<ConsumerOptions>? options = null)
        where TConsumer : class, IConsumer<Batch<TEvent>>
        where TEvent : class
    {
        var settings = new ConsumerOptions { ConcurrentMessages = 1 };
        options?.Invoke(settings);
        // A batch can only fill when all of it may be fetched and be in hand at once; and once more, so that the next one fills meanwhile.
        var inHand = settings.BatchSize * (settings.ConcurrentMessages + 1);
        var prefetch = (ushort)Math.Clamp(inHand, settings.PrefetchCount, ushort.MaxValue);
        return Register<TConsumer, TEvent>(
            prefetch,
            inHand,
            (scopes, endpoint) =>
                endpoint.Batch<TEvent>(batch =>
                {
                    batch.MessageLimit = settings.BatchSize;
                    batch.TimeLimit = settings.BatchWait;
                    batch.ConcurrencyLimit = settings.ConcurrentMessages;
                    batch.Consumer(new ScopedConsumer<TConsumer>(scopes, Queue<TConsumer>()));
                })
        );
    }

    /// <summary>Slice <typeparamref name="TConsumer"/> keeps all of <paramref name="events"/>, from one queue, in batches, unread.</summary>
    public Consumers ConsumeEnvelopes<TConsumer>(IEnumerable<Type> events, Action<ConsumerOptions>? options = null)
        where TConsumer : class, IEnvelopeConsumer
    {
        var settings = new ConsumerOptions();
        options?.Invoke(settings);
        var queue = Queue<TConsumer>();
        _registrations.Add(new Registration(typeof(TConsumer), queue, [.. events], Configure: null, settings));
        return this;
    }

    private Consumers Register<TConsumer, TEvent>(
        ushort prefetch,
        int inHand,
        Action<IServiceScopeFactory, IReceiveEndpointConfigurator> consume
    )
    {
        var queue = Queue<TConsumer>();
        _registrations.Add(
            new Registration(
                typeof(TConsumer),
                queue,
                [typeof(TEvent)],
                (scopes, rabbit) =>
                    rabbit.ReceiveEndpoint(
                        queue,
                        endpoint =>
                        {
                            Topology.Crashproof(queue, endpoint);
                            endpoint.PublishFaults = false;
                            endpoint.PrefetchCount = prefetch;
                            endpoint.ConcurrentMessageLimit = inHand;
                            endpoint.ConfigureError(error =>
                            {
                                error.UseFilter(new GiveUpOnlyWhileConnected());
                                error.UseFilter(new GenerateFaultFilter()); // writes the reason into the headers
                                error.UseFilter(new ErrorTransportFilter());
                            });
                            endpoint.UseMessageRetry(OutlastOutages);
                            endpoint.UseMessageRetry(Patiently);
                            consume(scopes, endpoint);
                        }
                    )
            )
        );
        return this;
    }

    private string Queue<TConsumer>() => Wire.QueueOf(_service, typeof(TConsumer));

    /// <summary>Five more tries within half a minute: past a deadlock, a race, another service's restart.</summary>
    private static void Patiently(IRetryConfigurator retry)
    {
        retry.Ignore<Exception>(Outage.IsCauseOf);
        retry.Exponential(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(400));
    }

    /// <summary>
    /// A database that is away is no reason to set a message aside, however long it takes: nobody should have to replay what only came at a bad
    /// time. (After half an hour the broker takes the message back and brings it again.)
    /// </summary>
    private static void OutlastOutages(IRetryConfigurator retry)
    {
        retry.Handle<Exception>(Outage.IsCauseOf);
        retry.Interval(10_000, TimeSpan.FromSeconds(1));
    }
}

/// <summary>
/// Without the connection that brought it a message cannot be moved aside, and need not be: the broker still has it and brings it again. Trying
/// would wait for the connection, whose end in turn waits for this handler: the bus would stand still for good.
/// </summary>
internal sealed class GiveUpOnlyWhileConnected : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("giveUpOnlyWhileConnected");
}
