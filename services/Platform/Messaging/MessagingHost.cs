using CustomerFeedback.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Messaging;

/// <summary>An event that a service announces.</summary>
/// <param name="HasConsumers">Somebody's queue is bound to it: a message that reaches no queue stays in the outbox.</param>
/// <param name="Queues">Their names; <c>migrate</c> declares them, so that it does not matter which service comes first.</param>
public sealed record PublishedEvent(Type Event, bool HasConsumers, IReadOnlyList<string>? Queues = null);

/// <summary>What the parts of messaging need to know of their service.</summary>
internal sealed record MessagingSetup(
    string Service,
    string Database,
    Uri Broker,
    IReadOnlyList<PublishedEvent> Events,
    IReadOnlyList<Consumers.Registration> Consumers
);

/// <summary>Puts messaging into a host.</summary>
public static class MessagingHost
{
    /// <summary>Outbox with relay, inbox, consumers, parked messages and retention for the service that <typeparamref name="TDb"/> belongs to.</summary>
    /// <param name="service">As <c>intake</c>: the first part of its queues' names.</param>
    public static void AddMessaging<TDb>(
        this IHostApplicationBuilder builder,
        string service,
        IEnumerable<PublishedEvent> events,
        Action<Consumers>? consume = null
    )
        where TDb : DbContext
    {
        var consumers = new Consumers(service);
        consume?.Invoke(consumers);
        var services = builder.Services;
        services.AddSettings<ConnectionOptions>("ConnectionStrings").AddSettings<RelayOptions>("Relay");
        // Read late: a test host sets its connection strings after this line has run.
        services.AddSingleton(provider =>
        {
            var servers = provider.GetRequiredService<IOptions<ConnectionOptions>>().Value;
            return new MessagingSetup(
                service,
                servers.Address,
                new Uri(servers.Broker),
                [.. events],
                consumers.Registrations
            );
        });
        services.AddSingleton<RelaySignal>();
        services.AddSingleton<CommitWatch>();
        services.ConfigureDbContext<TDb>(
            (provider, db) => db.AddInterceptors(provider.GetRequiredService<CommitWatch>())
        );
        services.AddHostedService<Relay>();
        services.AddHostedService<Parker>();
        services.AddHostedService<Retention>();
        services.AddHostedService<Gauges>();
        services.AddHostedService<BusKeeper>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Backlog>();
        services.AddHostedService<EnvelopeLine>();
        foreach (var consumer in consumers.Registrations)
            services.TryAddScoped(consumer.Consumer);
    }
}
