using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Data;

/// <summary>The service's own database: so far what messaging keeps in it.</summary>
internal sealed class AnalyticsDbContext(DbContextOptions<AnalyticsDbContext> options) : DbContext(options)
{
    public static string? Connection(IServiceProvider services) =>
        services.GetRequiredService<IConfiguration>().GetConnectionString("Database");

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}
