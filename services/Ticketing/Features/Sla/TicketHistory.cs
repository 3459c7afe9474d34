using System.Text.Json;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>
/// A ticket's timeline read back into what moved its clocks: the counterpart of <see cref="Announce"/>. Escalations that somebody
/// acknowledged are not among it: they stop people from being told, and no clock.
/// </summary>
internal static class TicketHistory
{
    /// <summary>The lines that speak of a move. Everything else in a timeline follows from these, or moves no clock.</summary>
    public static readonly string[] Kinds =
    [
        "opened",
        "automatic",
        "assigned",
        "claimed",
        "transferred",
        "classified",
        "contact",
        "contact_excused",
        "handling_opinion",
        "plan",
        "answer",
        "progress",
        "paused",
        "resumed",
        "resolved",
        "confirmed",
        "by_silence",
        "reopened",
        "cancelled",
        "people_gathered",
        "collaboration_requested",
        "collaboration_answered",
        "survey_invited",
        "survey_suppressed",
        "follow_up_attempted",
        "follow_up_completed",
        "follow_up_cancelled",
    ];

    internal sealed record Line(Guid TicketId, int Seq, DateTimeOffset At, string By, string Kind, string Details);

    /// <summary>What of a ticket never changes, and was therefore not told in its timeline.</summary>
    internal sealed record Beginning(
        Guid Id,
        RequestType Type,
        Segment Segment,
        Channel Channel,
        DateTimeOffset ReceivedAt,
        DateTimeOffset OpenedAt
    );

    /// <summary>The moves of many tickets, in one statement.</summary>
    public static async Task<ILookup<Guid, Line>> Lines(TicketingDbContext db, Guid[] tickets, CancellationToken ct)
    {
        var lines = await db
            .Timeline.AsNoTracking()
            .Where(line => tickets.Contains(line.TicketId) && Kinds.Contains(line.Kind))
            .OrderBy(line => line.TicketId)
            .ThenBy(line => line.Seq)
            .Select(line => new Line(line.TicketId, line.Seq, line.At, line.By, line.Kind, line.Details))
            .ToListAsync(ct);
        return lines.ToLookup(line => line.TicketId);
    }

    /// <summary>In the order in which it became known.</summary>
    public static IReadOnlyList<PastEvent> Of(Beginning beginning, IEnumerable<Line> lines) =>
        [.. lines.Select(line => Read(beginning, line)).OfType<PastEvent>()];

    private static PastEvent? Read(Beginning beginning, Line line)
    {
        using var document = JsonDocument.Parse(line.Details);
        var details = document.RootElement;
        return line.Kind switch
        {
            "opened" => new PastEvent.Opened(line.At, FactsOf(beginning, details)),
            "automatic" or "assigned" or "claimed" or "transferred" => new PastEvent.HandedOver(
                line.At,
                Text(details, "team"),
                Text(details, "assignee")
            ),
            "classified" => new PastEvent.Reclassified(
                line.At,
                line.By,
                details.GetProperty("changes").Deserialize<List<Override>>(JsonSerializerOptions.Web)!
            ),
            "survey_invited" => ToldBySurvey(line, details, "invitedAt", Fulfilled(ClockName.SurveyDispatch)),
            "survey_suppressed" => ToldBySurvey(line, details, "suppressedAt", Dropped(ClockName.SurveyDispatch)),
            "follow_up_attempted" => ToldBySurvey(line, details, "attemptedAt", Fulfilled(ClockName.ComplaintFollowUp)),
            "follow_up_completed" => ToldBySurvey(line, details, "completedAt", Fulfilled(ClockName.ComplaintFollowUp)),
            "follow_up_cancelled" => ToldBySurvey(line, details, "cancelledAt", Dropped(ClockName.ComplaintFollowUp)),
            _ => MoveOf(line.Kind, details) is { } move
                ? new PastEvent.Moved(line.At, move with { By = line.By })
                : null,
        };
    }

    /// <summary>What Survey did counts at its own time, and for the episode that it names.</summary>
    private static PastEvent.Moved ToldBySurvey(
        Line line,
        JsonElement details,
        string at,
        Func<JsonElement, int, ClockMove> move
    ) => new(Time(details, at) ?? line.At, move(details, details.GetProperty("episode").GetInt32()));

    private static Func<JsonElement, int, ClockMove> Fulfilled(ClockName clock) =>
        (_, episode) => new ClockMove.Fulfilled(clock, Episode: episode);

    private static Func<JsonElement, int, ClockMove> Dropped(ClockName clock) =>
        (details, episode) => new ClockMove.Dropped(clock, Text(details, "reason") ?? "dropped", episode);

    private static ClockMove? MoveOf(string kind, JsonElement details) =>
        kind switch
        {
            "contact" => Text(details, "outcome") == Word.Of(ContactOutcome.Reached)
                ? new ClockMove.ContactReached()
                : null,
            "contact_excused" => new ClockMove.Fulfilled(ClockName.FirstContact, ClockMark.ByAttempt),
            "handling_opinion" => new ClockMove.HandlingOpinion(),
            "plan" => new ClockMove.PlanGiven(),
            "answer" => new ClockMove.AnswerGiven(),
            "progress" => new ClockMove.HumanUpdate(Time(details, "newEstimate")),
            "paused" => Word.TryRead<PauseReason>(Text(details, "reason"), out var reason)
                ? new ClockMove.Paused(reason)
                : null,
            "resumed" => new ClockMove.Resumed(),
            "resolved" => new ClockMove.Resolved(),
            "confirmed" => new ClockMove.Confirmed(SurveyDue: true),
            "by_silence" => new ClockMove.Confirmed(SurveyDue: false),
            "reopened" => new ClockMove.Reopened(),
            "cancelled" => new ClockMove.Cancelled(Text(details, "reason") ?? "cancelled"),
            "people_gathered" => new ClockMove.Fulfilled(ClockName.EmergencyMobilisation),
            "collaboration_requested" => new ClockMove.CollaborationAsked(
                details.GetProperty("collaboration").GetGuid(),
                details.GetProperty("answerBy").GetDateTimeOffset()
            ),
            "collaboration_answered" => new ClockMove.CollaborationAnswered(
                details.GetProperty("collaboration").GetGuid()
            ),
            _ => null,
        };

    private static SlaFacts FactsOf(Beginning beginning, JsonElement opened) =>
        new()
        {
            Type = beginning.Type,
            Segment = beginning.Segment,
            Channel = beginning.Channel,
            Category = Known<Category>(opened, "category"),
            ComplaintLevel = opened.GetProperty("complaintLevel") is { ValueKind: JsonValueKind.Number } level
                ? level.GetInt32()
                : null,
            Urgency = Known<Urgency>(opened, "urgency"),
            Team = Text(opened.GetProperty("routed"), "team"),
            Episode = 1,
            EpisodeStartedAt = beginning.ReceivedAt,
        };

    private static T Known<T>(JsonElement details, string name)
        where T : struct, Enum =>
        Word.TryRead<T>(Text(details, name), out var word)
            ? word
            : throw new JsonException($"The timeline says no {name} that we know.");

    private static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetDateTimeOffset()
            : null;
}
