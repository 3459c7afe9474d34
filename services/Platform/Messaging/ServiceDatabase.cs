using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>The database of a service: the setting <c>ConnectionStrings:Database</c>.</summary>
public static class ServiceDatabase
{
    /// <summary>
    /// The context, from a pool: making one costs as much as a query. So it holds nothing of the request that uses it, and its interceptors live as long as
    /// the host.
    /// </summary>
    public static IServiceCollection AddServiceDatabase<TDb>(this IServiceCollection services)
        where TDb : DbContext =>
        services.AddDbContextPool<TDb>(
            (provider, db) => db.UseNpgsql(provider.GetRequiredService<IConfiguration>().Address())
        );

    /// <summary>
    /// How it is reached; null where the setting is missing. Connections go back to their pool as they are: nothing of ours changes a session, and
    /// setting one back costs six statements each time.
    /// </summary>
    public static string? Address(this IConfiguration configuration) =>
        configuration.GetConnectionString("Database") is { Length: > 0 } given
            ? new NpgsqlConnectionStringBuilder(given) { NoResetOnClose = true }.ConnectionString
            : null;

    /// <summary>A connection of its own, for the readiness check.</summary>
    public static NpgsqlConnection Connection(IServiceProvider services) =>
        new(services.GetRequiredService<IConfiguration>().Address());
}
