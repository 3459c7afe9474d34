using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerFeedback.Ticketing.Domain.Routing;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>The stored form of teams, agents, rosters and routing rules: JSON in the words of the API.</summary>
internal static class StaffDocuments
{
    public const string Team = "team";
    public const string Agent = "agent";
    public const string Roster = "roster";

    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Json);

    public static T Read<T>(string body) =>
        JsonSerializer.Deserialize<T>(body, Json)
        ?? throw new InvalidDataException($"An empty {typeof(T).Name} is stored.");

    /// <summary>The people as these rows describe them.</summary>
    public static Staff People(IReadOnlyCollection<StaffRow> rows) =>
        new(
            rows.Where(row => row.Kind == Team).Select(row => Read<Team>(row.Body)),
            rows.Where(row => row.Kind == Agent).Select(row => Read<Agent>(row.Body)),
            rows.Where(row => row.Kind == Roster).Select(row => Read<RosterSpec>(row.Body).Roster())
        );
}

/// <summary>A roster as it is written: hours like a calendar's, and who works in them.</summary>
internal sealed record RosterSpec(
    string Id,
    string Zone,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Week,
    IReadOnlyList<CalendarHoliday> Holidays,
    IReadOnlyList<CalendarWorkday> Workdays,
    IReadOnlyList<string> Agents
)
{
    [JsonIgnore]
    public CalendarSpec Hours => new(Id, Zone, Week, Holidays, Workdays);

    public Roster Roster() =>
        WorkCalendar.TryCreate(Hours, out var problems) is { } calendar
            ? new(Id, calendar, Agents)
            : throw new InvalidDataException($"Roster {Id} was stored with {problems.Count} problems.");
}
