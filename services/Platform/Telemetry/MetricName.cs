using System.Data.Common;
using System.Globalization;

namespace CustomerFeedback.Telemetry;

/// <summary>Names, labels and texts as Prometheus has them.</summary>
internal static class MetricName
{
    /// <summary>Dots become underscores, the unit a suffix, and a counter ends in <c>_total</c>; what is there already is not said twice.</summary>
    public static string Of(string instrument, string? unit, bool isCounter)
    {
        var name = Clean(instrument, allowed: ':');
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        var stem = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^"_total".Length] : name;
        if (!isCounter)
            stem = name;
        if (!stem.EndsWith(suffix, StringComparison.Ordinal))
            stem += suffix;
        return isCounter ? stem + "_total" : stem;
    }

    public static string Label(string tag) => Clean(tag, allowed: '_');

    /// <summary>A tag's value as text; of a connection pool's name, which is a connection string, the database.</summary>
    public static string Value(string tag, object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return tag == KeptTags.Pool ? PoolOf(text)
            : value is bool ? text.ToLowerInvariant()
            : text;
    }

    public static string EscapedValue(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    public static string EscapedHelp(string help) =>
        help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string PoolOf(string name)
    {
        try
        {
            var settings = new DbConnectionStringBuilder { ConnectionString = name };
            string[] parts = ["Database", "Application Name"];
            var said = parts.Where(settings.ContainsKey).Select(part => (string)settings[part]).ToArray();
            return said.Length > 0 ? string.Join(' ', said) : name;
        }
        catch (ArgumentException)
        {
            return name; // a name of its own
        }
    }

    private static string Clean(string name, char allowed)
    {
        var clean = string.Create(
            name.Length,
            (name, allowed),
            static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] =
                        char.IsAsciiLetterOrDigit(from.name[i]) || from.name[i] == from.allowed ? from.name[i] : '_';
            }
        );
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
