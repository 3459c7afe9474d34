using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>
/// Reads holidays and make-up days from iCalendar (RFC 5545): events of whole days, and nothing else. Events of another kind are left
/// out with a finding; what is no iCalendar at all is refused.
/// </summary>
internal sealed partial class HolidayFeed
{
    private const int MostEvents = 1_000;
    private const int LongestEvent = 31;
    private const int LongestName = 200;

    private readonly List<ListedDay> days = [];
    private readonly List<ListFinding> findings = [];

    private HolidayFeed() { }

    /// <summary>Of two events on one date the first one.</summary>
    public IReadOnlyList<ListedDay> Days => days;

    public IReadOnlyList<ListFinding> Findings => findings;

    /// <summary>Null, with what is wrong, where the text is no iCalendar.</summary>
    public static HolidayFeed? TryRead(string text, out ListFinding? problem)
    {
        var feed = new HolidayFeed();
        problem = feed.Read(Unfold(text));
        return problem is null ? feed : null;
    }

    private ListFinding? Read(IReadOnlyList<(int Line, string Text)> lines)
    {
        var open = new Stack<string>();
        Event? current = null;
        var events = 0;
        var whole = false;
        foreach (var (line, text) in lines)
        {
            if (Property.Parse(text) is not { } property)
                return new(line, "malformed_line", "A line is NAME:value.");
            if (open.Count == 0 && (whole || property is not { Name: "BEGIN", Value: "VCALENDAR" }))
                return new(line, "not_icalendar", "One VCALENDAR is wanted, and nothing around it.");
            switch (property.Name)
            {
                case "BEGIN":
                    open.Push(property.Value);
                    if (property.Value == "VEVENT" && open.Count == 2)
                        current = new(line);
                    if (property.Value == "VEVENT" && ++events > MostEvents)
                        return new(line, "too_many", $"At most {MostEvents} events.");
                    break;
                case "END" when open.TryPop(out var begun) && begun == property.Value:
                    if (current is not null && open.Count == 1)
                    {
                        Take(current);
                        current = null;
                    }
                    whole = open.Count == 0;
                    break;
                case "END":
                    return new(line, "unbalanced", "An END has its BEGIN.");
                default:
                    if (open.Count == 2)
                        current?.Properties.TryAdd(property.Name, property);
                    break;
            }
        }
        return whole ? null : new(lines is [.., var last] ? last.Line : 1, "unbalanced", "The VCALENDAR has no end.");
    }

    private void Take(Event taken)
    {
        var name = Unescape(taken.Value("SUMMARY") ?? "").Trim();
        var skipped =
            taken.Value("STATUS") == "CANCELLED" ? ("cancelled", "It is cancelled.")
            : taken.Properties.ContainsKey("RRULE") || taken.Properties.ContainsKey("RDATE")
                ? ("recurring", "Recurring events are not read: holidays are told year by year.")
            : name.Length is 0 or > LongestName
                ? ("unnamed", $"An event has a summary of at most {LongestName} characters.")
            : !taken.TryDates(out var first, out var end)
                ? ("not_all_day", "Only whole days are read: DTSTART;VALUE=DATE:20260101, the end exclusive.")
            : end <= first || end.DayNumber - first.DayNumber > LongestEvent
                ? ("out_of_range", $"An event lasts 1 to {LongestEvent} days.")
            : default((string, string)?);
        if (skipped is var (code, message))
        {
            findings.Add(
                new(taken.Line, code, $"{(name.Length is > 0 and <= LongestName ? $"{name}: " : "")}{message}")
            );
            return;
        }

        taken.TryDates(out var from, out var to);
        var makeUp = MakeUp().IsMatch(name) || MakeUp().IsMatch(Unescape(taken.Value("CATEGORIES") ?? ""));
        for (var date = from; date < to; date = date.AddDays(1))
        {
            if (days.Exists(day => day.Date == date))
                findings.Add(
                    new(
                        taken.Line,
                        "duplicate_date",
                        $"{name}: {date:yyyy-MM-dd} is named before, as something else or the same."
                    )
                );
            else
                days.Add(new(date, makeUp ? DayKind.MakeUp : DayKind.Holiday, name, null, null));
        }
    }

    /// <summary>A line that begins with a blank or a tab goes on where the one before ended.</summary>
    private static List<(int, string)> Unfold(string text)
    {
        var lines = new List<(int Line, StringBuilder Text)>();
        foreach (var (index, line) in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line is [' ' or '\t', ..] && lines.Count > 0)
                lines[^1].Text.Append(line.AsSpan(1));
            else if (line.Length > 0)
                lines.Add((index + 1, new(line)));
        }
        return [.. lines.Select(line => (line.Line, line.Text.ToString()))];
    }

    private static string Unescape(string text) =>
        Escaped().Replace(text, match => match.Value[1] is 'n' or 'N' ? " " : match.Value[1..]);

    [GeneratedRegex(@"\\[\\;,nN]", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    // As feeds mark them: 国庆节（班）; 国庆节补班, 调休上班, 春节 补班 第1天/共2天; 国庆节调休. 班 alone is also a school class (班级活动).
    [GeneratedRegex(
        """
            [(（\[【](班|补班|上班|调休|调休上班)[)）\]】]
            |^班(\z|[\s:：])
            |(补班|调休|(?<!不|不用|不必|不需|不需要|无需|无须|免)上班)日?(?=\s*(\z|第|[,，;；、(（\[【]))
            |(?<!non[-\s]?|not\sa\s)\b(work-?day|working\sday)\b
            |\bmake-?up\s(work|working|business)?\s?-?day\b
            """,
        RegexOptions.CultureInvariant
            | RegexOptions.IgnoreCase
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.ExplicitCapture
    )]
    private static partial Regex MakeUp();

    private sealed record Property(string Name, string Value)
    {
        /// <summary>Parameters are left out; a colon within a quoted one ends nothing.</summary>
        public static Property? Parse(string line)
        {
            var quoted = false;
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] == '"')
                    quoted = !quoted;
                else if (line[i] == ':' && !quoted)
                    return i == 0 ? null : new(line[..i].Split(';')[0].ToUpperInvariant(), line[(i + 1)..].Trim());
            }
            return null;
        }
    }

    private sealed record Event(int Line)
    {
        public Dictionary<string, Property> Properties { get; } = new(StringComparer.Ordinal);

        public string? Value(string name) => Properties.GetValueOrDefault(name)?.Value;

        /// <summary>Without an end it lasts one day.</summary>
        public bool TryDates(out DateOnly first, out DateOnly end)
        {
            end = default;
            if (!TryDate(Value("DTSTART"), out first))
                return false;
            if (Value("DTEND") is { } until)
                return TryDate(until, out end);
            var lasts = Lasting().Match(Value("DURATION") ?? "P1D");
            if (lasts.Success)
                end = first.AddDays(int.Parse(lasts.Groups["days"].ValueSpan, CultureInfo.InvariantCulture));
            return lasts.Success;
        }

        private static bool TryDate(string? text, out DateOnly date) =>
            DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            && date.Year < DateOnly.MaxValue.Year;
    }

    [GeneratedRegex(@"^P(?<days>[0-9]{1,3})D\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Lasting();
}
