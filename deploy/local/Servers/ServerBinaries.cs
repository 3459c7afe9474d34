using System.Globalization;
using System.Text.RegularExpressions;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Servers;

/// <summary>The folders that hold the servers' programs.</summary>
internal static partial class ServerBinaries
{
    public const int OldestPostgres = 15;
    public static readonly Version OldestRabbitMq = new(3, 10);

    /// <summary>The folder of <c>postgres</c> and <c>initdb</c>, of the newest version that will do; null when there is none.</summary>
    public static async Task<string?> Postgres(CancellationToken ct)
    {
        var found = new List<(int Version, string Folder)>();
        foreach (var folder in PostgresFolders().Where(f => File.Exists(Path.Combine(f, "postgres"))))
        {
            var told = await Command.Try([Path.Combine(folder, "postgres"), "--version"], ct: ct);
            if (FirstNumber().Match(told.Output) is { Success: true } version)
                found.Add((int.Parse(version.Value, CultureInfo.InvariantCulture), folder));
        }

        return found.Where(f => f.Version >= OldestPostgres).OrderByDescending(f => f.Version).FirstOrDefault().Folder;
    }

    /// <summary>
    /// The folder of <c>rabbitmq-server</c> and <c>rabbitmqctl</c> themselves: Debian's wrappers in PATH refuse everybody but root and
    /// rabbitmq. Null when there is none, or an older one.
    /// </summary>
    public static string? RabbitMq() =>
        RabbitMqFolders().FirstOrDefault(f => File.Exists(Path.Combine(f, "rabbitmq-server")) && IsRecent(f));

    private static IEnumerable<string> PostgresFolders() =>
        Below("/usr/lib/postgresql", "*", "bin")
            .Concat(Below("/usr", "pgsql-*", "bin"))
            .Append("/usr/local/pgsql/bin")
            .Concat(Command.Find("postgres") is { } inPath ? [Path.GetDirectoryName(inPath)!] : []);

    private static IEnumerable<string> RabbitMqFolders() =>
        Below("/usr/lib/rabbitmq/lib", "rabbitmq_server-*", "sbin")
            .Concat(Below("/opt", "rabbitmq*", "sbin"))
            .Concat(Below("/usr/local", "rabbitmq*", "sbin"))
            .OrderDescending(StringComparer.Ordinal)
            .Concat(Command.Find("rabbitmq-server") is { } inPath ? [Path.GetDirectoryName(inPath)!] : []);

    private static IEnumerable<string> Below(string parent, string pattern, string inside) =>
        Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern).Select(folder => Path.Combine(folder, inside))
            : [];

    private static bool IsRecent(string folder)
    {
        // The version stands in the name of the broker's own application, as plugins/rabbit-3.10.8 (or .ez in old packages).
        var plugins = Path.Combine(folder, "..", "plugins");
        return Directory.Exists(plugins)
            && Directory
                .EnumerateFileSystemEntries(plugins, "rabbit-*")
                .Select(path => RabbitVersion().Match(Path.GetFileName(path)))
                .Any(match => match.Success && Version.Parse(match.Groups[1].Value) >= OldestRabbitMq);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"^rabbit-([0-9]+\.[0-9]+(\.[0-9]+)?)")]
    private static partial Regex RabbitVersion();
}
