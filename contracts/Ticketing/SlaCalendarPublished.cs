using System.Text.Json;

namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A new version of a working calendar, whole, in the shape of <c>PUT /v1/sla/calendars/{id}</c>.</summary>
public sealed record SlaCalendarPublished(
    string CalendarId,
    int Version,
    JsonElement Calendar,
    DateTimeOffset PublishedAt
);
