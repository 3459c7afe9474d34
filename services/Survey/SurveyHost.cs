using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Features.Answering;
using CustomerFeedback.Survey.Features.FollowingUp;
using CustomerFeedback.Survey.Features.Inviting;
using CustomerFeedback.Survey.Features.Questionnaires;
using CustomerFeedback.Survey.Features.Recovery;

namespace CustomerFeedback.Survey;

/// <summary>What this service needs besides the platform.</summary>
internal static class SurveyHost
{
    public static void AddSurvey(this WebApplicationBuilder builder)
    {
        // A line per statement is for the one who looks for it, not for every day.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        var services = builder.Services;
        // Questionnaires nest deeper than anything else in the API, and what describes them deeper still.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.MaxDepth = 32);
        services.AddSettings<SurveyOptions>("Survey");
        services.AddServiceDatabase<SurveyDbContext>();
        builder.AddDatabaseReadiness(ServiceDatabase.Connection);
        services.AddSingleton<QuestionnaireLibrary>();
        services.AddSingleton<Alarm>();
        services.AddSingleton<RecoveryBook>();
        services.AddScoped<Sending>();
        services.AddScoped<FollowUpPlans>();
        services.AddScoped<FollowUpDesk>();
        services.AddScoped<SurveyLinks>();
        services.AddScoped<DraftDesk>();
        services.AddScoped<Acceptance>();
        services.AddSingleton<PageAnswer>();
        services.AddHostedService<DispatchInvitations>();
    }
}
