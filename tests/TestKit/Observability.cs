using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.TestKit;

/// <summary>A metric that an expression names, with the labels that it picks by.</summary>
public sealed record Selected(string Where, string Name, IReadOnlyList<string> Labels);

/// <summary>Dashboards and rules in deploy/observability, as they are.</summary>
public static partial class Observability
{
    private static readonly string[] Words = ["and", "or", "unless", "bool", "offset"];

    public static string Folder { get; } = Path.Combine(Checkout.Root, "deploy", "observability");

    public static IReadOnlyList<string> Dashboards { get; } =
    [.. Directory.EnumerateFiles(Path.Combine(Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal)];

    /// <summary>What the manifest says to Prometheus: a rules file.</summary>
    public static string Rules()
    {
        const string spec = "\nspec:\n";
        var manifest = File.ReadAllText(Path.Combine(Folder, "rules.yaml"));
        var lines = manifest[(manifest.IndexOf(spec, StringComparison.Ordinal) + spec.Length)..].Split('\n');
        return string.Join('\n', lines.Select(line => line.Length > 1 ? line[2..] : line));
    }

    /// <summary>
    /// Metrics that others tell, with the labels that we pick by; our tests ask none of their exporters. CloudNativePG
    /// (cloudnative-pg.io/documentation/current/monitoring), its plug-in (cloudnative-pg.io/plugin-barman-cloud/docs/observability), the machines'
    /// kubelet (kubernetes.io/docs/reference/instrumentation/metrics), RabbitMQ (rabbitmq.com/docs/prometheus).
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Foreign { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["cnpg_collector_up"] = [],
            ["cnpg_collector_pg_wal_archive_status"] = ["value"],
            ["cnpg_pg_replication_in_recovery"] = [],
            ["cnpg_pg_stat_archiver_last_archived_time"] = [],
            ["cnpg_pg_stat_archiver_last_failed_time"] = [],
            ["barman_cloud_cloudnative_pg_io_last_available_backup_timestamp"] = [],
            ["kubelet_volume_stats_available_bytes"] = ["persistentvolumeclaim"],
            ["kubelet_volume_stats_capacity_bytes"] = ["persistentvolumeclaim"],
            ["rabbitmq_alarms_memory_used_watermark"] = [],
            ["rabbitmq_alarms_free_disk_space_watermark"] = [],
        };

    /// <summary>Names that rules record.</summary>
    public static IReadOnlySet<string> Recorded() =>
        Record().Matches(Rules()).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every metric that a dashboard or a rule asks for.</summary>
    public static IEnumerable<Selected> Asked() =>
        from expression in OfRules().Concat(OfDashboards())
        from selected in In(expression.Where, expression.Text)
        select selected;

    /// <summary>The metrics of one PromQL expression.</summary>
    public static IEnumerable<Selected> In(string place, string expression) =>
        from match in Selector().Matches(Grouping().Replace(Range().Replace(expression, " "), " "))
        where match.Groups["name"].Success && !match.Groups["call"].Success
        where !Words.Contains(match.Groups["name"].Value)
        let labels = Label().Matches(Quoted().Replace(match.Groups["labels"].Value, "\"\""))
        select new Selected(
            place,
            match.Groups["name"].Value,
            [.. labels.Select(label => label.Groups["label"].Value)]
        );

    /// <summary>The expressions of the rules.</summary>
    public static IEnumerable<(string Where, string Text)> OfRules()
    {
        var (where, text, indent) = ("", "", 0);
        foreach (var line in Rules().Split('\n').Append(""))
        {
            var depth = line.Length - line.TrimStart().Length;
            if (text.Length > 0 && depth > indent)
            {
                text += line + "\n";
                continue;
            }

            if (text.Length > 0)
                yield return (where, text);
            text = "";
            if (Title().Match(line) is { Success: true } title)
                where = title.Groups["name"].Value;
            else if (line.TrimStart().StartsWith("expr: ", StringComparison.Ordinal))
                (text, indent) = (line.Trim() is "expr: |-" ? "\n" : line.Trim()["expr: ".Length..], depth);
        }
    }

    /// <summary>The expressions of the panels.</summary>
    public static IEnumerable<(string Where, string Text)> OfDashboards() => Dashboards.SelectMany(OfDashboard);

    private static IEnumerable<(string Where, string Text)> OfDashboard(string file)
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
            from target in panel.GetProperty("targets").EnumerateArray()
            select ($"{Path.GetFileName(file)}: {panel.GetProperty("title")}", target.GetProperty("expr").GetString()!),
        ];
    }

    [GeneratedRegex("- record: (?<name>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex("- (record|alert): (?<name>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, 1000)]
    private static partial Regex Range();

    [GeneratedRegex(
        @"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Grouping();

    [GeneratedRegex(
        """
            "([^"\\]|\\.)*"|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([^{}"]|"([^"\\]|\\.)*")*)\})?(?<call>\s*\()?
            """,
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Selector();

    [GeneratedRegex("\"([^\"\\\\]|\\\\.)*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("(?<label>[a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
