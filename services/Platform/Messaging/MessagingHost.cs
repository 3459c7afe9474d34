using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

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
        var configuration = builder.Configuration;
        // Read late: a test host sets its connection strings after this line has run.
        services.AddSingleton(_ => new MessagingSetup(
            service,
            Required("Database", configuration.Address()),
            new Uri(Required("Broker", configuration.GetConnectionString("Broker"))),
            [.. events],
            consumers.Registrations
        ));
        services
            .AddOptions<RelayOptions>()
            .BindConfiguration("Relay")
            .Validate(
                o => o.IsSound,
                "Relay: Batch must be 1 to 5000, Lease at least twice SendTimeout, all times positive."
            )
            .ValidateOnStart();
        services.AddSingleton<RelaySignal>();
        services.AddSingleton<CommitWatch>();
        services.ConfigureDbContext<TDb>(
            (provider, db) => db.AddInterceptors(provider.GetRequiredService<CommitWatch>())
        );
        services.AddHostedService<SettingsCheck>();
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

    private static string Required(string name, string? value) =>
        value is { Length: > 0 }
            ? value
            : throw new InvalidOperationException($"The setting ConnectionStrings:{name} is missing.");

    /// <summary>Resolves the settings while the host starts, so that a missing one stops it with its name.</summary>
    private sealed class SettingsCheck(MessagingSetup setup) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            setup.Service.Length > 0
                ? Task.CompletedTask
                : throw new InvalidOperationException("The service needs a name.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
