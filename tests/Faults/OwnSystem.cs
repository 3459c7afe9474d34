using CustomerFeedback.Faults.Load;
using CustomerFeedback.Local.Launch;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults;

/// <summary>A system of the rig's own, with fresh data: two processes of each host, on servers of its own.</summary>
internal sealed class OwnSystem : IAsyncDisposable
{
    public const int Replicas = 2;
    private const string Data = "faults";

    /// <summary>From the signal to the end: what Kubernetes grants a pod.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public static readonly string State = Path.Combine(Checkout.Root, ".local", Data);

    private readonly FileLock _alone;
    private readonly FrontDoor _door;

    private OwnSystem(FileLock alone, Site site)
    {
        (_alone, Site) = (alone, site);
        _door = new([.. site.System.Of("gateway").Select(gateway => gateway.Url)]);
        Seen = LocalSystem.Of(State, _door);
    }

    public Site Site { get; }

    /// <summary>What load and judgement see of it.</summary>
    public LocalSystem Seen { get; }

    public static async Task<OwnSystem> Start(CancellationToken stop)
    {
        var alone =
            FileLock.TryTake(Path.Combine(State, "run", "lock"))
            ?? throw new LocalRunException("The rig already runs a system of its own from this clone.");
        try
        {
            // Servers that somebody else uses too are not for this.
            Environment.SetEnvironmentVariable("LOCAL_POSTGRES", null);
            Environment.SetEnvironmentVariable("LOCAL_RABBITMQ", null);
            foreach (var server in (string[])["postgres", "rabbitmq"])
                Forget(DataHome.For(Path.Combine(Data, server)));
            return new(alone, await Site.Start(new(State, Data, Replicas, Port: 8280, Settings()), Say, stop));
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    public static void Say(string text) => Console.WriteLine($"[{TimeProvider.System.GetLocalNow():HH:mm:ss}] {text}");

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        Say("stopping ...");
        await Site.DisposeAsync();
        _alone.Dispose();
    }

    private static Dictionary<string, string> Settings() =>
        new(StringComparer.Ordinal)
        {
            ["Survey:DispatchDelay"] = "00:00:02",
            // Longer than anybody who routes here needs to see that a process is going.
            ["Drain:Delay"] = "00:00:05",
            // All of the load comes from a handful of clients and one address.
            ["RateLimits:PerClient:PerSecond"] = "2000",
            ["RateLimits:PerClient:Burst"] = "4000",
            ["RateLimits:PerAddress:PerSecond"] = "2000",
            ["RateLimits:PerAddress:Burst"] = "4000",
        };

    private static void Forget(string home)
    {
        ProcessTable.KillServersUnder(home);
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
    }
}
