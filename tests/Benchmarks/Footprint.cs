using System.Diagnostics;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Benchmarks;

/// <summary>What the whole system needs to start, and how much memory it takes.</summary>
internal static class Footprint
{
    private const int Rounds = 3;
    private const double Rate = 100;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Loaded = TimeSpan.FromSeconds(30);
    private static readonly string[] Hosts = ["gateway", .. MeasuredSystem.Whole];

    public static async Task Run(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var first = await MeasuredSystem.Start(MeasuredSystem.Whole, keep: false, ct);
        var fresh = clock.Elapsed;
        await first.Stop();
        clock.Restart();
        await using var system = await MeasuredSystem.Start(MeasuredSystem.Whole, keep: true, ct);
        var warm = clock.Elapsed;
        Figures.Title("Starting, and memory: gateway, five services, both servers");
        Figures.Print("everything from nothing (databases made, too)", $"{fresh.TotalSeconds:0.0} s");
        Figures.Print(
            "everything, on data that is there",
            $"{warm.TotalSeconds:0.0} s",
            Verdict.Most(30).Of(warm.TotalSeconds)
        );
        foreach (var host in Hosts)
        {
            var times = new List<double>();
            for (var i = 0; i < Rounds; i++)
                times.Add(await Restart(system, host, ct));
            var seconds = Figures.Median(times);
            Figures.Print($"{host}, started alone until ready", $"{seconds:0.0} s", Verdict.Most(3, 1.5).Of(seconds));
        }

        await Task.Delay(Settled, ct);
        var idle = Memory(system);
        Figures.Print(
            $"memory, idle: {Told(idle)}",
            $"{idle.Values.Sum():0} MB",
            Verdict.Most(600, 450).Of(idle.Values.Sum())
        );
        var loaded = await UnderLoad(system, ct);
        Figures.Print(
            $"memory, {Rate:0} requests/s: {Told(loaded)}",
            $"{loaded.Values.Sum():0} MB",
            Verdict.Most(900).Of(loaded.Values.Sum())
        );
    }

    /// <summary>Seconds from the process's start until it says that it is ready. (The supervisor starts it again a second after its end.)</summary>
    private static async Task<double> Restart(MeasuredSystem system, string service, CancellationToken ct)
    {
        var host = system.Of(service);
        var started = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.OnRestart(() => started.TrySetResult(Stopwatch.GetTimestamp()));
        Native.Signal(host.Pid, Native.Terminate);
        var since = await started.Task.WaitAsync(TimeSpan.FromSeconds(60), ct);
        await host.IsReady(ct);
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static async Task<IReadOnlyDictionary<string, double>> UnderLoad(
        MeasuredSystem system,
        CancellationToken ct
    )
    {
        var highest = Memory(system);
        var load = Accept.WithConnections(
            system.Gateway,
            connections =>
                Load.AtRate(
                    Rate,
                    Loaded,
                    connections.Length,
                    i => (_, _) => Accept.Post(system, connections[i], system.Gateway, ct)
                ),
            ct
        );
        while (!load.IsCompleted)
        {
            await Task.Delay(500, ct);
            var now = Memory(system);
            if (now.Values.Sum() > highest.Values.Sum())
                highest = now;
        }

        await load;
        return highest;
    }

    /// <summary>Megabytes by host, shared pages by halves (PSS).</summary>
    private static Dictionary<string, double> Memory(MeasuredSystem system) =>
        Hosts.ToDictionary(
            host => host,
            host =>
                File.ReadLines($"/proc/{system.Of(host).Pid}/smaps_rollup")
                    .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
                    .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024)
        );

    private static string Told(IReadOnlyDictionary<string, double> memory) =>
        string.Join(", ", memory.Select(host => $"{host.Key} {host.Value:0}"));
}
