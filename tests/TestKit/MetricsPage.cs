using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerFeedback.TestKit;

/// <summary>One line of a metrics page.</summary>
public sealed record MetricLine(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Prometheus' text format, read strictly: a line that is none, a name whose lines are apart, a series that comes twice are errors.</summary>
public sealed partial class MetricsPage
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly List<MetricLine> _lines = [];

    /// <exception cref="FormatException">With the line that is wrong.</exception>
    public MetricsPage(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var series = new HashSet<string>(StringComparer.Ordinal);
        var family = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                continue;
            if (Type().Match(line) is { Success: true } type)
            {
                family = type.Groups["name"].Value;
                if (!_types.TryAdd(family, type.Groups["type"].Value))
                    throw new FormatException($"Twice: {line}");
                continue;
            }

            var read = Line().Match(line);
            if (!read.Success || !IsOf(family, read.Groups["name"].Value) || !series.Add(line[..line.LastIndexOf(' ')]))
                throw new FormatException($"Line: {line}");
            _lines.Add(new(read.Groups["name"].Value, Labels(read), Number(read.Groups["value"].Value)));
        }
    }

    public IReadOnlyDictionary<string, string> Types => _types;

    public IReadOnlyList<MetricLine> Lines => _lines;

    /// <summary>The value of the one series that has these labels.</summary>
    public double Value(string name, params (string Name, string Value)[] labels) =>
        _lines
            .Single(line => line.Name == name && labels.All(l => line.Labels.GetValueOrDefault(l.Name) == l.Value))
            .Value;

    /// <summary>Over all series of this name with these labels.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) =>
        _lines
            .Where(line => line.Name == name && labels.All(l => line.Labels.GetValueOrDefault(l.Name) == l.Value))
            .Sum(line => line.Value);

    private bool IsOf(string family, string name) =>
        _types.GetValueOrDefault(family) == "histogram"
            ? name == family + "_bucket" || name == family + "_sum" || name == family + "_count"
            : name == family;

    private static Dictionary<string, string> Labels(Match line) =>
        line.Groups["label"]
            .Captures.Zip(line.Groups["text"].Captures)
            .ToDictionary(
                pair => pair.First.Value,
                pair =>
                    pair.Second.Value.Replace("\\n", "\n", StringComparison.Ordinal)
                        .Replace("\\\"", "\"", StringComparison.Ordinal)
                        .Replace("\\\\", "\\", StringComparison.Ordinal),
                StringComparer.Ordinal
            );

    private static double Number(string text) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };

    [GeneratedRegex(
        "^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Type();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>([^"\\\n]|\\[\\"n])*)",?)*\})? (?<value>[^ ]+)$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Line();
}
