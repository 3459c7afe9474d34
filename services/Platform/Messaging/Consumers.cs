using MassTransit;

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
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromMilliseconds(50);
}

/// <summary>The consumer slices of a service, each with a queue named after it.</summary>
public sealed class Consumers
{
    private readonly string _service;
    private readonly List<Registration> _registrations = [];

    internal Consumers(string service) => _service = service;

    internal IReadOnlyList<Registration> Registrations => _registrations;

    /// <summary>One slice's queue, and how the bus is told about it.</summary>
    internal sealed record Registration(
        string Queue,
        IReadOnlyList<Type> Events,
        Action<IBusRegistrationConfigurator> Add,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> Configure
    );

    /// <summary>Slice <typeparamref name="TConsumer"/> handles <typeparamref name="TEvent"/>, one message at a time.</summary>
    public Consumers Consume<TConsumer, TEvent>(Action<ConsumerOptions>? options = null)
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class
    {
        var settings = new ConsumerOptions();
        options?.Invoke(settings);
        return Register<TConsumer, TEvent>(settings, settings.PrefetchCount, settings.ConcurrentMessages, batch: null);
    }

    /// <summary>Slice <typeparamref name="TConsumer"/> handles <typeparamref name="TEvent"/> in batches.</summary>
    public Consumers ConsumeBatch<TConsumer, TEvent>(Action<ConsumerOptions>? options = null)
        where TConsumer : class, IConsumer<Batch<TEvent>>
        where TEvent : class
    {
        var settings = new ConsumerOptions { ConcurrentMessages = 1 };
        options?.Invoke(settings);
        // A batch can only fill when all of it may be fetched and be in hand at once; twice, so that the next one fills meanwhile.
        var inHand = settings.BatchSize * (settings.ConcurrentMessages + 1);
        var prefetch = (ushort)Math.Clamp(inHand, settings.PrefetchCount, ushort.MaxValue);
        return Register<TConsumer, TEvent>(
            settings,
            prefetch,
            inHand,
            batch =>
                batch
                    .SetMessageLimit(settings.BatchSize)
                    .SetTimeLimit(settings.BatchWait)
                    .SetConcurrencyLimit(settings.ConcurrentMessages)
        );
    }

    private Consumers Register<TConsumer, TEvent>(
        ConsumerOptions settings,
        ushort prefetch,
        int inHand,
        Action<BatchOptions>? batch
    )
        where TConsumer : class, IConsumer
    {
        var queue = Wire.QueueOf(_service, typeof(TConsumer));
        _registrations.Add(
            new Registration(
                queue,
                [typeof(TEvent)],
                bus =>
                    bus.AddConsumer<TConsumer>(consumer =>
                    {
                        if (batch is not null)
                            consumer.Options(batch);
                    }),
                (context, rabbit) =>
                    rabbit.ReceiveEndpoint(
                        queue,
                        endpoint =>
                        {
                            Topology.Crashproof(queue, endpoint);
                            endpoint.PublishFaults = false;
                            endpoint.PrefetchCount = prefetch;
                            endpoint.ConcurrentMessageLimit = inHand;
                            endpoint.UseMessageRetry(retry =>
                                retry.Exponential(
                                    5,
                                    TimeSpan.FromMilliseconds(200),
                                    TimeSpan.FromSeconds(15),
                                    TimeSpan.FromMilliseconds(400)
                                )
                            );
                            endpoint.ConfigureConsumer<TConsumer>(context);
                        }
                    )
            )
        );
        return this;
    }
}
