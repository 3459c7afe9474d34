using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Hosts;

/// <summary>The processes that a start has made, on disk: the next start ends what a killed one left.</summary>
internal sealed class RunRecord(string file)
{
    private readonly Lock _guard = new();
    private readonly Dictionary<ProcessMark, string> _processes = [];

    public static RunRecord In(string state) => new(FileIn(state));

    /// <summary>Ends what an earlier run left here: services and servers alike, politely first.</summary>
    public static async Task EndLeftovers(string state)
    {
        var file = FileIn(state);
        if (!File.Exists(file))
            return;

        var left = JsonSerializer.Deserialize<Dictionary<string, ProcessMark>>(await File.ReadAllTextAsync(file)) ?? [];
        // A mark is the process number with its time of start: nobody else's process is ever touched.
        await Task.WhenAll(left.Where(entry => entry.Value.IsAlive).Select(entry => End(entry.Key, entry.Value.Pid)));
        File.Delete(file);
    }

    public void Add(string name, ProcessMark mark)
    {
        lock (_guard)
        {
            _processes[mark] = name;
            Write();
        }
    }

    /// <summary>All has been stopped in order.</summary>
    public void Clear() => File.Delete(file);

    private static string FileIn(string state) => Path.Combine(state, "run", "processes.json");

    private static async Task End(string name, int session)
    {
        var isPostgres = name.StartsWith("postgres", StringComparison.Ordinal);
        foreach (var pid in isPostgres ? [session] : ProcessTable.InSession(session))
            Native.Signal(pid, isPostgres ? Native.Interrupt : Native.Terminate);

        await Detached.Ended(session, TimeSpan.FromSeconds(15));
    }

    private void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var alive = _processes
            .Where(entry => entry.Key.IsAlive)
            .ToDictionary(e => $"{e.Value}#{e.Key.Pid}", e => e.Key);
        WholeFile.Write(file, JsonSerializer.Serialize(alive));
    }
}
