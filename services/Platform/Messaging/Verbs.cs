using System.Data.Common;
using System.Net.Sockets;
using CustomerFeedback.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Messaging;

/// <summary>What a service's binary does besides serving.</summary>
public static class Verbs
{
    private const long MigrationLock = 0x4D49_4752_4154_45; // "MIGRATE"

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>
    /// <c>migrate</c>: brings the database to this version and declares the broker's topology; any number may run it at once, and again. It waits for servers
    /// that cannot be reached yet; where one refuses, the process says so in a line and ends with 1.
    /// <c>wait-for-migration</c>: ends as soon as somebody has done so. Both need the servers' addresses and no other setting. <c>settings</c>: prints the
    /// catalogue of settings, and needs none. True: the process ends. Anything else returns false: serve.
    /// </summary>
    public static async Task<bool> RunVerb<TDb>(this WebApplication app, string[] args)
        where TDb : DbContext
    {
        if (app.Services.PrintsSettings(args))
            return true;
        if (args is not ["migrate" or "wait-for-migration", ..])
            return false;
        app.Services.CheckSettings(typeof(ConnectionOptions));
        var setup = app.Services.GetRequiredService<MessagingSetup>();
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TDb>().Database;
        try
        {
            await (args[0] == "migrate" ? Migrate(setup, database, app.Logger) : Wait(database, app.Logger));
        }
        catch (Exception e) when (IsOfServers(e))
        {
            // Not through the log: the process ends before that has been written.
            await Console.Error.WriteLineAsync($"{args[0]} failed: {Reason(e)}");
            Environment.ExitCode = 1;
        }
        return true;
    }

    private static async Task Migrate(MessagingSetup setup, DatabaseFacade database, ILogger log)
    {
        await using (var turn = new NpgsqlConnection(setup.Database + ";Pooling=false"))
        {
            await Reach("database", () => turn.OpenAsync(), e => Outage.IsCauseOf(e) || IsSilence(e), log);
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", turn);
            take.Parameters.AddWithValue(MigrationLock);
            take.CommandTimeout = 0; // as long as the other one's migration takes
            await take.ExecuteNonQueryAsync();
            await database.MigrateAsync();
        }
        await Reach("broker", () => Topology.Declare(setup, CancellationToken.None), Outage.IsOfBroker, log);
    }

    /// <summary>Again and again while the server is away: where all begins at once, it comes later than we do. How long at most is for the Job to say.</summary>
    private static async Task Reach(string server, Func<Task> work, Func<Exception, bool> isAway, ILogger log)
    {
        for (var told = ""; ; await Task.Delay(Pause))
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (isAway(e))
            {
                var reason = Reason(e);
                if (reason != told)
                    log.ServerAwaited(server, reason);
                told = reason;
            }
        }
    }

    private static async Task Wait(DatabaseFacade database, ILogger log)
    {
        while (await Missing(database) is { Length: > 0 } missing)
        {
            log.MigrationAwaited(missing);
            await Task.Delay(Pause);
        }
    }

    private static async Task<string> Missing(DatabaseFacade database)
    {
        try
        {
            return string.Join(", ", await database.GetPendingMigrationsAsync());
        }
        catch (Exception e) when (IsOfServers(e))
        {
            return Reason(e); // not there yet, or nobody has let us in yet: the same to whoever waits
        }
    }

    /// <summary>While a connection is opened this is no slow statement: nobody answers at that address.</summary>
    private static bool IsSilence(Exception exception) =>
        exception is NpgsqlException { InnerException: TimeoutException };

    /// <summary>A server said it, or the network did: its words are enough. All else is a mistake of ours, and its stack is needed.</summary>
    private static bool IsOfServers(Exception exception) =>
        exception is DbException or RabbitMQClientException or IOException or SocketException or TimeoutException
        || (exception.InnerException is { } inner && IsOfServers(inner));

    private static string Reason(Exception exception)
    {
        var cause = exception.GetBaseException();
        return (cause == exception ? cause.Message : $"{exception.Message}: {cause.Message}").ReplaceLineEndings(" ");
    }
}
