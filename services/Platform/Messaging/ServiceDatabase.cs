using CustomerFeedback.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
        services
            .AddSettings<ConnectionOptions>("ConnectionStrings")
            .AddDbContextPool<TDb>((provider, db) => db.UseNpgsql(Address(provider)));

    /// <summary>How it is reached.</summary>
    public static string Address(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ConnectionOptions>>().Value.Address;

    /// <summary>A connection of its own, for the readiness check.</summary>
    public static NpgsqlConnection Connection(IServiceProvider services) => new(Address(services));
}
