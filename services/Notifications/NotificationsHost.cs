using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Announcing;
using CustomerFeedback.Notifications.Features.Carrying;
using CustomerFeedback.Notifications.Features.Sending;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications;

/// <summary>What this service needs besides the platform.</summary>
internal static class NotificationsHost
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<NotificationOptions>("Notifications").AddSettings<EdgeOptions>("Edges");
        services.AddServiceDatabase<NotificationsDbContext>();
        builder.AddDatabaseReadiness(ServiceDatabase.Connection);
        services.AddSingleton(_ => ReadTemplates());
        services.AddSingleton<Alarm>();
        services.AddScoped<Outgoing>().AddScoped<Courier>();
        services.AddSingleton<Edges>().AddSingleton<Adapters>();
        services.AddSingleton<IAdapter, LogAdapter>();
        services.AddSingleton<IAdapter, SmtpAdapter>();
        services.AddSingleton<IAdapter, HttpAdapter>();
        // What goes wrong is told by the courier, with the delivery it happened to.
        services.AddHttpClient(Edges.Client, client => client.Timeout = TimeSpan.FromSeconds(10)).RemoveAllLoggers();
        services
            .AddHttpClient(HttpAdapter.Client)
            .ConfigurePrimaryHttpMessageHandler(provider =>
                PublicConnections.Handler(
                    provider.GetRequiredService<IOptions<NotificationOptions>>().Value.Http.AllowPrivateNetworks
                )
            );
        services.AddHostedService<SendDeliveries>();
    }

    internal static MessageTemplates ReadTemplates()
    {
        using var stream = typeof(NotificationsHost).Assembly.GetManifestResourceStream(
            "CustomerFeedback.Notifications.Data.Seed.templates.json"
        )!;
        return JsonSerializer.Deserialize<MessageTemplates>(stream, JsonSerializerOptions.Web)!;
    }
}
