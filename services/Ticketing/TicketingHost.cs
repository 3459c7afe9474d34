using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Features;
using CustomerFeedback.Ticketing.Features.Sla;
using CustomerFeedback.Ticketing.Features.StatusPage;
using CustomerFeedback.Ticketing.Features.Surveying;
using CustomerFeedback.Ticketing.Features.Work;

namespace CustomerFeedback.Ticketing;

/// <summary>What this service needs besides the platform.</summary>
internal static class TicketingHost
{
    public static void AddTicketing(this WebApplicationBuilder builder)
    {
        // A line per statement is for the one who looks for it, not for every day.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        var services = builder.Services;
        services.AddSettings<TicketOptions>("Tickets");
        services.AddServiceDatabase<TicketingDbContext>();
        builder.AddDatabaseReadiness(ServiceDatabase.Connection);
        services.AddSla();
        services.AddSingleton<Alarms>();
        services.AddScoped<Desk>();
        services.AddScoped<StatusAnswer>();
        services.AddScoped<SurveyNews>();
        services.AddHostedService<ResumePausedTickets>();
        services.AddHostedService<CloseSilentTickets>();
        services.AddHostedService<AssignWaitingTickets>();
    }
}
