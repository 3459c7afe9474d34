using System.Text;

namespace CustomerFeedback.Published.Tests;

/// <summary>The settings of all hosts as one table of the run book.</summary>
internal static class SettingsTable
{
    public const string Begin = "<!-- settings:begin -->";
    public const string End = "<!-- settings:end -->";

    /// <param name="hosts">Each host's settings, in the order in which hosts are named.</param>
    public static string Of(IReadOnlyList<(string Host, IReadOnlyList<Setting> Settings)> hosts)
    {
        var rows = hosts
            .SelectMany(host => host.Settings.Select(setting => (host.Host, Setting: setting)))
            .GroupBy(one => one.Setting, one => one.Host)
            .OrderBy(row => row.Key.Name, StringComparer.Ordinal);
        var text = new StringBuilder().AppendLine(Begin);
        text.AppendLine("| Setting | Host | Kind | Default | What for |").AppendLine("|---|---|---|---|---|");
        foreach (var row in rows)
            text.AppendLine(
                $"| `{row.Key.Name.Replace(":", "__", StringComparison.Ordinal)}` | {Hosts(row, hosts)} | {Kind(row.Key)} | {Default(row.Key)} | {Cell(row.Key.Description)} |"
            );
        return text.Append(End).ToString();
    }

    /// <summary>The text with the table in the place of the one it has.</summary>
    public static string In(string text, string table)
    {
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        return from >= 0 && to > from
            ? text[..from] + table + text[(to + End.Length)..]
            : throw new InvalidOperationException($"There is no {Begin} with {End} after it.");
    }

    private static string Hosts(
        IEnumerable<string> of,
        IReadOnlyList<(string Host, IReadOnlyList<Setting> Settings)> hosts
    )
    {
        var named = of.ToList();
        if (named.Count == hosts.Count)
            return "all";
        return named.Count == hosts.Count - 1 && !named.Contains("gateway") ? "services" : string.Join(", ", named);
    }

    private static string Kind(Setting setting) =>
        (setting.Secret ? "**secret** " : "")
        + (setting.Allowed is { } allowed ? $"{setting.Type}: {Cell(allowed)}" : setting.Type);

    private static string Default(Setting setting) =>
        setting.Required ? "**required**"
        : setting.Default is { } value ? $"`{Cell(value)}`"
        : "";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
