using CustomerFeedback.Faults.Evidence;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults.Injuries;

/// <summary>Harm done to processes, by their numbers in the addresses file of the local run.</summary>
internal static class Processes
{
    private static readonly TimeSpan Stun = TimeSpan.FromSeconds(1);

    /// <summary>For a moment it takes and does not answer; then it is gone.</summary>
    public static async Task StunAndKill(Traces traces, string service)
    {
        var pid = LocalSystem.Pids(service)[0];
        Native.Signal(pid, Native.Stop);
        await Task.Delay(Stun);
        End(traces, pid);
    }

    public static Task Kill(Traces traces, IEnumerable<string> services)
    {
        foreach (var pid in services.SelectMany(LocalSystem.Pids).ToList())
            End(traces, pid);
        return Task.CompletedTask;
    }

    public static Task KillServer(Traces traces, string server)
    {
        End(traces, LocalSystem.ServerPid(server));
        return Task.CompletedTask;
    }

    public static async Task Hold(Traces traces, int pid, TimeSpan time)
    {
        Native.Signal(pid, Native.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1));
        if (IsStopped(pid))
            traces.StoodStill.Add(pid);
        await Task.Delay(time - TimeSpan.FromSeconds(1));
        Native.Signal(pid, Native.Continue);
    }

    /// <summary>The state stands behind the program's name, which is in brackets.</summary>
    private static bool IsStopped(int pid) =>
        File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].StartsWith('T');

    private static void End(Traces traces, int pid)
    {
        if (ProcessTable.Mark(pid) is { } mark)
            traces.Doomed.Add(mark);
        Native.Signal(pid, Native.Kill);
    }
}
