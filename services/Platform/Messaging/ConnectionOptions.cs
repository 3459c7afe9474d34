using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Settings;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>Section <c>ConnectionStrings</c>: the servers of a service.</summary>
public sealed class ConnectionOptions : IValidatableObject
{
    /// <summary>The service's own database, as Npgsql writes it, with Maximum Pool Size.</summary>
    [Required]
    [Secret]
    public string Database { get; set; } = "";

    /// <summary>The broker with its virtual host, as amqps://user:password@host/vhost.</summary>
    [Required]
    [Secret]
    public string Broker { get; set; } = "";

    // The server looks whether we are still there: of a host that is gone without a word it lets go the locks within half a minute, not within hours.
    private const string StillThere =
        "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    /// <summary>How the database is reached. Connections go back as they are: nothing of ours changes a session, and a reset costs six statements.</summary>
    public string Address
    {
        get
        {
            var address = new NpgsqlConnectionStringBuilder(Database) { NoResetOnClose = true };
            address.Options = $"{address.Options} {StillThere}".TrimStart();
            return address.ConnectionString;
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isBroker = Uri.TryCreate(Broker, UriKind.Absolute, out var at) && at is { Scheme: "amqp" or "amqps" };
        if (Database.Length > 0 && !IsDatabase(Database))
            yield return new("not a connection string of Npgsql with Host and Database.", [nameof(Database)]);
        if (Broker.Length > 0 && !isBroker)
            yield return new("not an amqp or amqps address.", [nameof(Broker)]);
    }

    // What Npgsql says about it may repeat a part of it, and a password stands in it.
    private static bool IsDatabase(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host: not null, Database: not null };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
