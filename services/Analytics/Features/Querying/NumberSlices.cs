using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Dashboard;
using CustomerFeedback.Settings;

namespace CustomerFeedback.Analytics.Features.Querying;

/// <summary>What shows numbers.</summary>
internal static class NumberSlices
{
    public static void AddNumbers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<NumbersOptions>("Analytics");
        builder.Services.AddScoped<NumbersReader>();
        builder.Services.AddScoped<RatedDimensions>();
    }

    public static void MapNumbers(this IEndpointRouteBuilder routes)
    {
        GetCatalog.Map(routes);
        QueryAnalytics.Map(routes);
        ShowDashboard.Map(routes);
    }
}
