using CustomerFeedback.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>What a service's binary does besides serving.</summary>
public static class Verbs
{
    private const long MigrationLock = 0x4D49_4752_4154_45; // "MIGRATE"

    /// <summary>
    /// <c>migrate</c>: brings the database to this version and declares the broker's topology, then returns true and the process ends. Any number may
    /// run it at once, and again; it needs the servers' addresses and no other setting. <c>settings</c>: prints the catalogue of settings, and needs
    /// none. Anything else returns false: serve.
    /// </summary>
    public static async Task<bool> RunVerb<TDb>(this WebApplication app, string[] args)
        where TDb : DbContext
    {
        if (app.Services.PrintsSettings(args))
            return true;
        if (args is not ["migrate", ..])
            return false;

        app.Services.CheckSettings(typeof(ConnectionOptions));
        var setup = app.Services.GetRequiredService<MessagingSetup>();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await using var turn = new NpgsqlConnection(setup.Database + ";Pooling=false");
            await turn.OpenAsync();
            await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", turn))
            {
                take.Parameters.AddWithValue(MigrationLock);
                take.CommandTimeout = 0; // as long as the other one's migration takes
                await take.ExecuteNonQueryAsync();
            }

            await scope.ServiceProvider.GetRequiredService<TDb>().Database.MigrateAsync();
        }

        await Topology.Declare(setup, CancellationToken.None);
        return true;
    }
}
