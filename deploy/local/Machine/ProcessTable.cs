using System.Globalization;
using System.Text;

namespace CustomerFeedback.Local.Machine;

/// <summary>A process as nothing else can be: its number, when it started, and in which boot of the machine.</summary>
internal sealed record ProcessMark(int Pid, long StartedAt, string Boot)
{
    public bool IsAlive => ProcessTable.Mark(Pid) == this;
}

/// <summary>What /proc says about processes.</summary>
internal static class ProcessTable
{
    private static readonly HashSet<string> ServerPrograms =
    [
        "postgres",
        "rabbitmq-server",
        "beam.smp",
        "epmd",
        "erl_child_setup",
        "inet_gethost",
    ];

    private static readonly string Boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>The mark of a living process (a zombie is not one).</summary>
    public static ProcessMark? Mark(int pid) =>
        Stat(pid) is { State: not ('Z' or 'X') } stat ? new(pid, stat.StartedAt, Boot) : null;

    /// <summary>Every living process of a session: what a server started, however often it forked.</summary>
    public static IReadOnlyList<int> InSession(int session) =>
        [.. All().Where(pid => Stat(pid) is { State: not ('Z' or 'X') } stat && stat.Session == session)];

    /// <summary>The process's arguments, blank separated; empty when it is gone.</summary>
    public static string CommandLine(int pid) => Read($"/proc/{pid}/cmdline").Replace('\0', ' ').Trim();

    /// <summary>The program's short name, as <c>beam.smp</c>.</summary>
    public static string Name(int pid) => Read($"/proc/{pid}/comm").Trim();

    /// <summary>Kills the servers that were started on data in this folder; a shell or an editor that stands there is not one.</summary>
    public static void KillServersUnder(string folder)
    {
        var inside = folder.TrimEnd('/') + "/";
        var servers = All()
            .Where(pid => ServerPrograms.Contains(Name(pid)))
            .Where(pid => CommandLine(pid).Contains(inside, StringComparison.Ordinal) || WorksIn(pid, inside));
        foreach (var pid in servers)
            Native.Signal(pid, Native.Kill);
    }

    private static bool WorksIn(int pid, string inside)
    {
        try
        {
            return $"{new FileInfo($"/proc/{pid}/cwd").LinkTarget}/".StartsWith(inside, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or not ours to look at
        }
    }

    private static IEnumerable<int> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                    ? pid
                    : 0
            )
            .Where(pid => pid > 0);

    private static (char State, int Session, long StartedAt)? Stat(int pid)
    {
        // "pid (name) state ppid pgrp session ... starttime": the name may hold blanks and brackets, so read from the last bracket.
        var text = Read($"/proc/{pid}/stat");
        var end = text.LastIndexOf(')');
        if (end < 0)
            return null;

        var fields = text[(end + 2)..].Split(' ');
        return (
            fields[0][0],
            int.Parse(fields[3], CultureInfo.InvariantCulture),
            long.Parse(fields[19], CultureInfo.InvariantCulture)
        );
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // gone while we looked
        }
    }
}
