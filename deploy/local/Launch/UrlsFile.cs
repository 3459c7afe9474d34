using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using Npgsql;

namespace CustomerFeedback.Local.Launch;

/// <summary>Addresses and process numbers of what runs; kept true while it runs, gone when it does not.</summary>
internal static class UrlsFile
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string file, FeedbackSystem system, IEnumerable<string> services, ServerPair servers)
    {
        var postgres = new NpgsqlConnectionStringBuilder(servers.Postgres);
        var urls = new
        {
            gateway = Address(system.Gateway),
            services = services
                .Prepend("gateway")
                .ToDictionary(
                    name => name,
                    name =>
                        system
                            .Of(name)
                            .Select(h => new
                            {
                                url = Address(h.Url),
                                pid = h.Pid,
                                management = Address(h.Management),
                            })
                ),
            postgres = new
            {
                url = $"postgresql://{postgres.Username}:{postgres.Password}@{postgres.Host}:{postgres.Port}/{postgres.Database}",
                pid = servers.PostgresPid,
            },
            rabbitmq = new { url = servers.Broker.ToString(), pid = servers.BrokerPid },
        };
        WholeFile.Write(file, JsonSerializer.Serialize(urls, Readable));
    }

    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
