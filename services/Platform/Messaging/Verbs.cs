using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>What a service's binary does besides serving.</summary>
public static class Verbs
{
    private const long MigrationLock = 0x4D49_4752_4154_45; // "MIGRATE"

    /// <summary>
    /// <c>migrate</c>: brings the database to this version and declares the broker's topology; any number may run it at once, and again.
    /// <c>wait-for-migration</c>: ends as soon as somebody has done so. Both return true: the process ends. Anything else returns false: serve.
    /// </summary>
    public static async Task<bool> RunVerb<TDb>(this WebApplication app, string[] args)
        where TDb : DbContext
    {
        if (args is not ["migrate" or "wait-for-migration", ..])
            return false;
        var setup = app.Services.GetRequiredService<MessagingSetup>();
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TDb>().Database;
        await (args[0] == "migrate" ? Migrate(setup, database) : Wait(database, app.Logger));
        return true;
    }

    private static async Task Migrate(MessagingSetup setup, DatabaseFacade database)
    {
        await using var turn = new NpgsqlConnection(setup.Database + ";Pooling=false");
        await turn.OpenAsync();
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", turn);
        take.Parameters.AddWithValue(MigrationLock);
        take.CommandTimeout = 0; // as long as the other one's migration takes
        await take.ExecuteNonQueryAsync();
        await database.MigrateAsync();
        await Topology.Declare(setup, CancellationToken.None);
    }

    private static async Task Wait(DatabaseFacade database, ILogger log)
    {
        while (await Missing(database) is { Length: > 0 } missing)
        {
            log.MigrationAwaited(missing);
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }

    private static async Task<string> Missing(DatabaseFacade database)
    {
        try
        {
            return string.Join(", ", await database.GetPendingMigrationsAsync());
        }
        catch (NpgsqlException e)
        {
            return e.Message; // not there yet, or nobody has let us in yet: the same to whoever waits
        }
    }
}
