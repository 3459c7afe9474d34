using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>What the SLA engine keeps as JSON: written policies and calendars, and the histories of clocks.</summary>
internal static class SlaDocuments
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private static readonly JsonSerializerOptions Compact = new(Form)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Form);

    public static string Write(IReadOnlyList<ClockEntry> entries) => JsonSerializer.Serialize(entries, Compact);

    public static JsonElement Element<T>(T document) => JsonSerializer.SerializeToElement(document, Form);

    public static List<ClockEntry> ReadEntries(string entries) =>
        JsonSerializer.Deserialize<List<ClockEntry>>(entries, Compact)!;

    public static T Read<T>(string document) => JsonSerializer.Deserialize<T>(document, Form)!;

    /// <summary>A stored policy was valid when it was stored.</summary>
    public static SlaPolicyVersion Read(SlaPolicyRow row) =>
        new(
            SlaPolicy.TryCreate(JsonSerializer.Deserialize<SlaPolicySpec>(row.Body, Form)!, out var problems)
                ?? throw new InvalidOperationException($"Stored policy {row.PolicyId} v{row.Version}: {problems[0]}"),
            row.Version
        );

    /// <summary>A stored calendar was valid when it was stored.</summary>
    public static CalendarVersion Read(SlaCalendarRow row) =>
        new(
            WorkCalendar.TryCreate(JsonSerializer.Deserialize<CalendarSpec>(row.Body, Form)!, out var problems)
                ?? throw new InvalidOperationException(
                    $"Stored calendar {row.CalendarId} v{row.Version}: {problems[0]}"
                ),
            row.Version
        );

    /// <summary>A document that is delivered with the service.</summary>
    public static string Seed(string name)
    {
        using var stream =
            typeof(SlaDocuments).Assembly.GetManifestResourceStream($"CustomerFeedback.Ticketing.Data.Seed.{name}.json")
            ?? throw new InvalidOperationException($"The seed {name} is missing.");
        using var document = JsonDocument.Parse(stream);
        return JsonSerializer.Serialize(document.RootElement);
    }
}
