using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Data;

/// <summary>The service's own database: so far what messaging keeps in it.</summary>
internal sealed class SurveyDbContext(DbContextOptions<SurveyDbContext> options) : DbContext(options)
{
    public static string? Connection(IServiceProvider services) =>
        services.GetRequiredService<IConfiguration>().GetConnectionString("Database");

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}
