using System.Net.Http.Headers;
using System.Text.Json;
using CustomerFeedback.Faults.Load;
using CustomerFeedback.Local.Launch;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults;

/// <summary>The system that is hurt, as other programs see it: its addresses file and its tokens.</summary>
internal sealed class LocalSystem
{
    private static string state = Path.Combine(Checkout.Root, ".local");

    private LocalSystem(Uri gateway) => Gateway = gateway;

    public Uri Gateway { get; }

    /// <summary>What clients come in by where there is more than one gateway; null: by the first gateway.</summary>
    public FrontDoor? Door { get; init; }

    /// <summary>The local run that is up.</summary>
    public static LocalSystem? Find() =>
        File.Exists(Site.AddressesIn(state)) ? new(new(Urls().GetProperty("gateway").GetString()!)) : null;

    /// <summary>Another system than the local run, from here on.</summary>
    public static LocalSystem Of(string folder, FrontDoor door)
    {
        state = folder;
        return new(new(Urls().GetProperty("gateway").GetString()!)) { Door = door };
    }

    public HttpClient As(string role)
    {
        var client = Door is null ? new HttpClient() : new HttpClient(Door.Handler());
        (client.BaseAddress, client.Timeout) = (Gateway, TimeSpan.FromSeconds(30));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(role));
        return client;
    }

    /// <summary>Process numbers as they are now: a process that was started again has another one.</summary>
    public static int[] Pids(string service) =>
        [
            .. Urls()
                .GetProperty("services")
                .GetProperty(service)
                .EnumerateArray()
                .Select(h => h.GetProperty("pid").GetInt32()),
        ];

    public static int ServerPid(string server) => Urls().GetProperty(server).GetProperty("pid").GetInt32();

    /// <summary>The superuser's connection to one service's database.</summary>
    public static string Database(string service)
    {
        var url = new Uri(Urls().GetProperty("postgres").GetProperty("url").GetString()!);
        var user = url.UserInfo.Split(':');
        return $"Host={url.Host};Port={url.Port};Username={user[0]};Password={user[1]};Database={service}";
    }

    public static Uri Broker => new(Urls().GetProperty("rabbitmq").GetProperty("url").GetString()!);

    private static string Token(string role) => File.ReadAllText(Path.Combine(state, "tokens", $"{role}.jwt")).Trim();

    private static JsonElement Urls()
    {
        using var urls = JsonDocument.Parse(File.ReadAllText(Site.AddressesIn(state)));
        return urls.RootElement.Clone();
    }
}
