using CustomerFeedback.Analytics.Features.Jobs;
using CustomerFeedback.Analytics.Features.Loops;
using CustomerFeedback.Analytics.Features.Rebuilding;
using CustomerFeedback.Analytics.Features.Resending;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>Puts the event store and what is made of it into the host.</summary>
internal static class StoreHost
{
    public static void AddStore(this IHostApplicationBuilder builder)
    {
        // A line per statement is for the one who looks for it, not for every day.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Services.AddScoped<Projector>();
        builder.Services.AddHostedService<MakePartitions>();
        builder.Services.AddScoped<Rebuild>().AddScoped<Resend>();
        builder.Services.AddSingleton<Alarm>(); // of the jobs
        builder.Services.AddHostedService<RunJobs>();
    }

    public static void MapStore(this IEndpointRouteBuilder routes)
    {
        StartRebuild.Map(routes);
        StartResend.Map(routes);
        GetJob.Map(routes);
        GetLoop.Map(routes);
    }
}
