using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Messaging;

/// <summary>Tells a database that is away from a message that cannot be handled: the first is waited for, the second is set aside.</summary>
public static class Outage
{
    private const int SecondsToAnswer = 5;

    /// <summary>True where the database could not be reached, went away, is starting, or is full: trying again later is all that helps.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception switch
        {
            AggregateException many => many.InnerExceptions.Any(IsCauseOf),
            PostgresException refused => IsAway(refused.SqlState),
            // A command that ran into its time limit may do so for ever: that is the message's fault until shown otherwise (see Ask).
            NpgsqlException { InnerException: TimeoutException } => false,
            NpgsqlException { IsTransient: true } => true,
            { InnerException: { } inner } => IsCauseOf(inner), // what EF and others put around it
            _ => false,
        };

    /// <summary>Does the work. Where that runs into a time limit, the database is asked something easy: if it does not answer that either, it is away.</summary>
    internal static async Task<T> Ask<T>(string database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (IsTimeLimit(e))
        {
            if (await Answers(database))
                throw;
            throw new NpgsqlException("The database says nothing.", new IOException(e.Message, e));
        }
    }

    private static bool IsTimeLimit(Exception e) =>
        e is NpgsqlException { InnerException: TimeoutException }
        || (e.InnerException is { } inner && IsTimeLimit(inner));

    private static async Task<bool> Answers(string database)
    {
        var address = new NpgsqlConnectionStringBuilder(database)
        {
            Pooling = false, // a connection that was there before may be the one that is silent
            Timeout = SecondsToAnswer,
            CommandTimeout = SecondsToAnswer,
        };
        try
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync();
            return true;
        }
        catch (Exception e)
        {
            return e is PostgresException; // a refusal is an answer
        }
    }

    /// <summary>The same of the broker. Where it answers and refuses (a password, a virtual host, a queue that is another one), it is not away.</summary>
    internal static bool IsOfBroker(Exception exception) =>
        exception switch
        {
            AggregateException many => many.InnerExceptions.Any(IsOfBroker),
            AuthenticationFailureException => false,
            OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer } told } =>
                told.ReplyCode is Constants.ConnectionForced or Constants.InternalError,
            OperationInterruptedException => true, // the connection was lost
            SocketException or EndOfStreamException or TimeoutException or OperationCanceledException => true,
            { InnerException: { } inner } => IsOfBroker(inner),
            _ => false,
        };

    private static bool IsAway(string state) =>
        state
            is PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.ReadOnlySqlTransaction // it has become another one's standby
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal); // no room: on its disk, in its memory, for connections
}
