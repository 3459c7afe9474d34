using System.Net.Http.Headers;
using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults;

/// <summary>The local run that is up, as other programs see it: its addresses file and its tokens.</summary>
internal sealed class LocalSystem
{
    private static readonly string State = Path.Combine(Checkout.Root, ".local");

    private LocalSystem(Uri gateway) => Gateway = gateway;

    public Uri Gateway { get; }

    public static LocalSystem? Find() =>
        File.Exists(Path.Combine(State, "urls.json")) ? new(new(Urls().GetProperty("gateway").GetString()!)) : null;

    public HttpClient As(string role)
    {
        var client = new HttpClient { BaseAddress = Gateway, Timeout = TimeSpan.FromSeconds(30) };
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

    private static string Token(string role) => File.ReadAllText(Path.Combine(State, "tokens", $"{role}.jwt")).Trim();

    private static JsonElement Urls()
    {
        using var urls = JsonDocument.Parse(File.ReadAllText(Path.Combine(State, "urls.json")));
        return urls.RootElement.Clone();
    }
}
