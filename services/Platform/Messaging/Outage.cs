using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Messaging;

/// <summary>Tells a database that is away from a message that cannot be handled: the first is waited for, the second is set aside.</summary>
public static class Outage
{
    /// <summary>True where the database could not be reached, went away or is starting: trying again later is all that helps.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception switch
        {
            AggregateException many => many.InnerExceptions.Any(IsCauseOf),
            PostgresException refused => IsAway(refused.SqlState),
            // A command that ran into its time limit may do so for ever: that is the message's fault until shown otherwise.
            NpgsqlException { InnerException: TimeoutException } => false,
            NpgsqlException { IsTransient: true } => true,
            { InnerException: { } inner } => IsCauseOf(inner), // what EF and others put around it
            _ => false,
        };

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
                or PostgresErrorCodes.TooManyConnections
        || state.StartsWith("08", StringComparison.Ordinal);
}
