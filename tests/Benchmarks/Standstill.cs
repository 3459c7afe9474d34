using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Benchmarks;

/// <summary>Some services' processes stand still until this is disposed of; what comes in meanwhile waits for them in their queues.</summary>
internal sealed class Standstill : IDisposable
{
    private readonly int[] processes;

    public Standstill(MeasuredSystem system, IEnumerable<string> services)
    {
        processes = [.. services.Where(system.Databases.ContainsKey).SelectMany(system.All).Select(host => host.Pid)];
        Signal(Native.Stop);
    }

    public void Dispose() => Signal(Native.Continue);

    private void Signal(int signal)
    {
        foreach (var pid in processes)
            Native.Signal(pid, signal);
    }
}
