using System.Diagnostics;

namespace CustomerFeedback.Local.Machine;

/// <summary>
/// A long-running program in a session of its own: a Ctrl-C in our console does not reach it (we stop it, in order), it holds none of our
/// pipes, and all that it forks can be found by its session.
/// </summary>
internal sealed class Detached : IDisposable
{
    private readonly Process _process;

    private Detached(Process process, ProcessMark mark, string log)
    {
        _process = process;
        Mark = mark;
        Log = log;
    }

    public ProcessMark Mark { get; }

    public string Log { get; }

    public bool HasExited => _process.HasExited;

    public Task Exited => _process.WaitForExitAsync();

    public static Detached Start(
        IEnumerable<string> words,
        string log,
        string folder,
        IReadOnlyDictionary<string, string>? environment = null,
        Account? account = null
    )
    {
        var start = new ProcessStartInfo(
            "setsid",
            ["sh", "-c", """exec "$@" </dev/null >>"$0" 2>&1""", log, .. account?.Prefix ?? [], .. words]
        )
        {
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new LocalRunException("setsid did not start.");
        // Not yet reaped by anyone but us, so the number is still this process's, dead or alive.
        var mark = ProcessTable.Mark(process.Id) ?? new ProcessMark(process.Id, 0, "");
        return new(process, mark, log);
    }

    /// <summary>Asks the process to end; what is left of its session after the grace is killed. True when nothing had to be.</summary>
    public Task<bool> Stop(int signal, TimeSpan grace)
    {
        Native.Signal(Mark.Pid, signal);
        return Ended(Mark.Pid, grace);
    }

    /// <summary>Waits until the session is empty; after the grace it is killed. True when it did not have to be.</summary>
    public static async Task<bool> Ended(int session, TimeSpan grace)
    {
        var since = Stopwatch.StartNew();
        var byItself = true;
        while (ProcessTable.InSession(session) is { Count: > 0 } left)
        {
            if (since.Elapsed > grace)
            {
                byItself = false;
                foreach (var pid in left)
                    Native.Signal(pid, Native.Kill);
            }

            await Task.Delay(25);
        }

        return byItself;
    }

    /// <summary>The last lines of the log: why it ended.</summary>
    public string Tail(int lines = 15) =>
        File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(lines)) : "(no log)";

    public void Dispose() => _process.Dispose();
}
