using System.Text.Json;
using System.Xml;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Intake.Data;

/// <summary>Reads policies and calendars as Ticketing publishes them; members that are not known here are passed over.</summary>
internal static class SlaJson
{
    private static readonly string[] KnownConditions =
    [
        "type",
        "category",
        "complaintLevel",
        "urgency",
        "segment",
        "channel",
    ];

    /// <summary>Null where it cannot be understood.</summary>
    public static WorkCalendar? Calendar(string json)
    {
        try
        {
            var spec = JsonSerializer.Deserialize<CalendarSpec>(json, StoredJson.Options);
            return spec is null
                ? null
                : WorkCalendar.TryCreate(
                    spec with
                    {
                        Holidays = spec.Holidays ?? [],
                        Workdays = spec.Workdays ?? [],
                    },
                    out _
                );
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where it cannot be understood.</summary>
    public static SlaPolicy? Policy(string id, int version, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(
                id,
                version,
                root.TryGetProperty("order", out var order) ? order.GetInt32() : 0,
                Match(Member(root, "match")),
                root.GetProperty("calendar").GetString() ?? throw new JsonException("No calendar."),
                Targets(Member(root, "targets"))
            );
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static PolicyMatch Match(JsonElement? match) =>
        new(
            Words(match, "type"),
            Words(match, "category"),
            Words(match, "complaintLevel"),
            Words(match, "urgency"),
            Words(match, "segment"),
            Words(match, "channel"),
            NamesMore: match
                ?.EnumerateObject()
                .Any(m => m.Value.ValueKind != JsonValueKind.Null && !KnownConditions.Contains(m.Name)) == true
        );

    // A condition is one value or a list of them; numbers (the level) are compared by their text.
    private static List<string>? Words(JsonElement? match, string name) =>
        Member(match, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(value => value.ToString())],
            { } one => [one.ToString()],
        };

    private static Dictionary<PromisedClock, PerUrgency> Targets(JsonElement? targets)
    {
        var read = new Dictionary<PromisedClock, PerUrgency>();
        foreach (var clock in Enum.GetValues<PromisedClock>())
        {
            switch (Member(targets, Word<PromisedClock>.Of(clock)))
            {
                case { ValueKind: JsonValueKind.String } same:
                    var target = Duration(same);
                    read[clock] = new(target, target, target);
                    break;
                case { ValueKind: JsonValueKind.Object } each:
                    read[clock] = new(
                        Duration(Member(each, "normal")),
                        Duration(Member(each, "urgent")),
                        Duration(Member(each, "critical"))
                    );
                    break;
            }
        }

        return read;
    }

    private static TimeSpan? Duration(JsonElement? text) =>
        text is { } value ? XmlConvert.ToTimeSpan(value.GetString()!) : null;

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found
        && found.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
