using System.Diagnostics;

namespace CustomerFeedback.Benchmarks;

/// <summary>The benchmarks by name, in the order in which they run. Each has a system of its own, with what it needs and nothing else.</summary>
internal static class Catalogue
{
    /// <param name="Name">On the command line.</param>
    /// <param name="Measure">Takes the rows of large tables.</param>
    public sealed record Benchmark(string Name, Func<int, CancellationToken, Task> Measure);

    private static readonly string[] Front = ["intake", "ticketing"];

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new(
            "calendar",
            (_, _) =>
            {
                Calendar.Run();
                return Task.CompletedTask;
            }
        ),
        new("accept", (_, ct) => On(["intake"], system => Accept.Run(system, ct), ct)),
        new("pipeline", (_, ct) => On(MeasuredSystem.Whole, system => Pipeline.Run(system, ct), ct)),
        new("responses", (_, ct) => On(MeasuredSystem.Whole, system => Responses.Run(system, ct), ct)),
        new("projection", (_, ct) => On(["analytics"], system => Projection.Run(system, ct), ct)),
        new("inbox", (_, ct) => On(["intake"], system => Inboxes.Run(system, ct), ct)),
        new("query", (rows, ct) => On(["analytics"], system => Queries.Run(system, rows, ct), ct)),
        new("footprint", (_, ct) => Footprint.Run(ct)),
        new("relay", (rows, ct) => On(Front, system => Relay.Run(system, rows, ct), ct)),
        new("timers", (rows, ct) => On(Front, system => Timers.Run(system, rows, ct), ct, replicas: 2)),
        new("idle", (_, ct) => On(MeasuredSystem.Whole, system => Idle.Run(system, ct), ct)),
    ];

    public static async Task Run(IReadOnlyCollection<string> names, int rows, CancellationToken ct)
    {
        foreach (var benchmark in All.Where(benchmark => names.Contains(benchmark.Name)))
        {
            var clock = Stopwatch.StartNew();
            await benchmark.Measure(rows, ct);
            Console.WriteLine($"  ({benchmark.Name} took {clock.Elapsed.TotalSeconds:0} s)");
        }
    }

    private static async Task On(
        IReadOnlyList<string> services,
        Func<MeasuredSystem, Task> measure,
        CancellationToken ct,
        int replicas = 1
    )
    {
        await using var system = await MeasuredSystem.Start(services, keep: false, ct, replicas);
        await measure(system);
    }
}
