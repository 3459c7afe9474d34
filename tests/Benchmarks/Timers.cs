using System.Diagnostics;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// The SLA timer of two replicas among more and more open clocks: how fast a burst is worked off next to bare claiming, how late steps
/// are that come due evenly, what a look costs, what waiting costs, and whether each step fired once when one replica is killed half-way.
/// </summary>
internal static class Timers
{
    private const int Burst = 10_000;
    private const int LargeBurst = 100_000;
    private const int PerSecond = 200;
    private const int Looks = 2000;
    private static readonly TimeSpan Even = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async Task Run(MeasuredSystem system, int large, CancellationToken ct)
    {
        await using var clocks = await OpenClocks.Around(await OneTicket(system, ct), system, ct);
        int[] sizes = [.. new[] { large / 100, large / 10, large }.Where(size => size >= Burst)];
        Figures.Title(
            $"SLA timer, two replicas of Ticketing, {string.Join(", ", sizes)} open clocks; everything else stands still"
        );
        await Drained(clocks, Burst, ct); // warms up
        double? first = null;
        foreach (var size in sizes)
        {
            await clocks.Open(size, ct);
            var burst = await Drained(clocks, Burst, ct);
            var look = await clocks.Look(Looks, ct);
            first ??= look;
            Figures.Print(
                $"{size} open, a burst of {Burst}",
                $"{burst.Rate:0} /s",
                $"{burst.CpuMicroseconds:0} us of CPU a step (Ticketing and PostgreSQL)"
            );
            Figures.Print(
                $"{size} open, a look for what is next",
                $"{look:0} us",
                $"{look / first:0.00} x: {Verdict.Most(1.3).Of(look / first.Value)}"
            );
            await Evenly(clocks, size, ct);
        }

        await Killed(system, clocks, ct);
        if (sizes[^1] >= LargeBurst)
            await Against(system, clocks, ct);
        await Waiting(system, sizes[^1], ct);
    }

    private static async Task<string> OneTicket(MeasuredSystem system, CancellationToken ct)
    {
        using var connection = await HttpConnection.Open(system.Intake, ct);
        var (_, answer) = await connection.Exchange(Requests.Next(system.Intake, system.Tokens["integration"]), ct);
        return Requests.Number(answer);
    }

    /// <summary>So many clocks come due in one instant.</summary>
    private static async Task<Drain> Drained(OpenClocks clocks, int count, CancellationToken ct)
    {
        var due = Soon() + TimeSpan.FromSeconds(count / 10_000);
        await clocks.Due(count, due, TimeSpan.Zero, ct);
        var before = Cpu(clocks);
        await clocks.Fired(count, ct);
        var seconds = await clocks.Scalar<double>(
            "SELECT extract(epoch FROM max(fired_at) - min(due_at))::float8 FROM sla_steps WHERE due_at >= @since",
            due,
            ct
        );
        var drain = new Drain(count / seconds, (Cpu(clocks) - before).TotalMicroseconds / count);
        await clocks.Forget(ct);
        return drain;
    }

    /// <summary>Steps come due one after another; none early, none twice.</summary>
    private static async Task Evenly(OpenClocks clocks, int size, CancellationToken ct)
    {
        var count = (int)(PerSecond * Even.TotalSeconds);
        var due = Soon();
        await clocks.Due(count, due, Even, ct);
        await clocks.Fired(count, ct);
        var (p50, p99, earliest) = await clocks.Lateness(due, ct);
        Figures.Print(
            $"{size} open, {PerSecond} due a second, lateness",
            $"p50 {p50:0} ms, p99 {p99:0} ms",
            $"{Verdict.Most(1000, 250).Of(p99)}; earliest {earliest:0.0} ms after its time"
        );
        await clocks.Forget(ct);
    }

    private static async Task Killed(MeasuredSystem system, OpenClocks clocks, CancellationToken ct)
    {
        var due = Soon();
        await clocks.Due(Burst, due, TimeSpan.Zero, ct);
        while (await clocks.Steps(ct) < Burst / 2)
            await Task.Delay(5, ct);
        Native.Signal(system.Of("ticketing").Pid, Native.Kill);
        await clocks.Fired(Burst, ct);
        var (_, p99, earliest) = await clocks.Lateness(due, ct);
        Figures.Print(
            $"{Burst} due at once, one replica killed half-way",
            $"{await clocks.Steps(ct)} steps, {await clocks.Told(ct)} told",
            $"earliest {earliest:0.0} ms after its time, p99 {p99:0} ms late"
        );
        await clocks.Forget(ct);
    }

    /// <summary>Next to claiming as many rows of the same table, 200 at a time, and doing nothing for them.</summary>
    private static async Task Against(MeasuredSystem system, OpenClocks clocks, CancellationToken ct)
    {
        double raw;
        using (new Standstill(system, ["ticketing"]))
        {
            await clocks.Due(LargeBurst, TimeProvider.System.GetUtcNow().AddSeconds(-1), TimeSpan.Zero, ct);
            raw = await clocks.Claimed(LargeBurst, ct);
        }

        var ours = await Drained(clocks, LargeBurst, ct);
        Figures.Print($"bare claims of {LargeBurst}, 200 at a time", $"{raw:0} /s");
        Figures.Print(
            $"a burst of {LargeBurst}",
            $"{ours.Rate:0} /s",
            $"{ours.Rate / raw:0.00} x bare claims: {Verdict.Least(0.5).Of(ours.Rate / raw)}"
        );
    }

    private static async Task Waiting(MeasuredSystem system, int size, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(10), ct);
        var processes = system.All("ticketing").Select(host => host.Pid).ToArray();
        var before = Cpu(processes);
        await Task.Delay(Watched, ct);
        var share = (Cpu(processes) - before) / Watched / processes.Length * 100;
        Figures.Print(
            $"{size} open, nothing due: a whole Ticketing process",
            $"{share:0.00} % of a core",
            "(its relay and consumers look too; the timer alone must take 0.5 at most)"
        );
    }

    /// <summary>A whole second, far enough for all that is due then to be stored before.</summary>
    private static DateTimeOffset Soon()
    {
        var now = TimeProvider.System.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + TimeSpan.FromSeconds(4);
    }

    private static TimeSpan Cpu(OpenClocks clocks) => Cpu([.. clocks.Processes]);

    private static TimeSpan Cpu(int[] processes)
    {
        var sum = TimeSpan.Zero;
        foreach (var pid in processes)
        {
            using var process = Process.GetProcessById(pid);
            sum += process.TotalProcessorTime;
        }

        return sum;
    }

    /// <param name="CpuMicroseconds">Of Ticketing's processes and of PostgreSQL's that serve them, per step.</param>
    private readonly record struct Drain(double Rate, double CpuMicroseconds);
}
