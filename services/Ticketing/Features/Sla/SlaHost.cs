using CustomerFeedback.Ticketing.Data;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Puts the SLA engine into the host: the snapshot of policies and calendars, the clocks' way into the database, the timer.</summary>
internal static class SlaHost
{
    public static void AddSla(this IServiceCollection services)
    {
        services.AddSingleton<SlaCatalog>();
        services.AddSingleton<ClockAlarm>();
        services.AddScoped<Clockwork>();
        services.AddScoped<Climb>();
        services.AddSingleton<RebaseBatches>();
        services.AddHostedService<FireDueClocks>();
    }
}
