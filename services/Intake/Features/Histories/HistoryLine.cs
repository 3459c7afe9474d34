using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Intake.Features.Histories;

/// <summary>Which events make lines of a customer's file, and what of them is worth a line.</summary>
internal static class HistoryLine
{
    private static readonly string[] Answered = ["question", "value", "choices", "text"];

    /// <summary>What is kept of an event: the line's kind, and the members that say something.</summary>
    private sealed record Kept(string Kind, params string[] Members);

    private static readonly Dictionary<string, Kept> ByType = new(StringComparer.Ordinal)
    {
        [nameof(CustomerContacted)] = new("contact", "channel", "outcome", "by"),
        [nameof(TicketResolved)] = new("resolved", "episode", "team", "assignee", "solution"),
        [nameof(ResolutionConfirmed)] = new("confirmation", "episode", "confirmation"),
        [nameof(ResolutionRejected)] = new("rejected", "episode"),
        [nameof(TicketReopened)] = new("reopened", "episode"),
        [nameof(TicketClosed)] = new("closed", "episode", "confirmation"),
        [nameof(TicketCancelled)] = new("cancelled", "reason"),
        [nameof(SurveyInvited)] = new("survey_invited", "questionnaireId", "channel", "episode"),
        [nameof(SurveyInvitationSuppressed)] = new("survey_suppressed", "questionnaireId", "episode", "reason"),
        [nameof(SurveyCompleted)] = new("survey_answered", "questionnaireId", "mode", "episode", "answers"),
        [nameof(FollowUpAttempted)] = new("follow_up_attempted", "episode", "outcome", "callBackAt", "by"),
        [nameof(FollowUpCompleted)] = new("follow_up_completed", "episode", "outcome", "by"),
        [nameof(FollowUpCancelled)] = new("follow_up_cancelled", "episode", "reason"),
    };

    /// <summary>Null where it is nobody's: a survey that was answered in a store.</summary>
    public static CustomerHistoryRow? From(Envelope envelope)
    {
        if (!ByType.TryGetValue(envelope.Type[(envelope.Type.LastIndexOf(':') + 1)..], out var kept))
            return null;
        using var json = JsonDocument.Parse(envelope.Message);
        var message = json.RootElement;
        return message.TryGetProperty("customerId", out var customer) && customer.ValueKind is not JsonValueKind.Null
            ? new()
            {
                CustomerId = customer.GetGuid(),
                Id = envelope.Id,
                At = message.GetProperty("occurredAt").GetDateTimeOffset(),
                Kind = kept.Kind,
                Number = message.TryGetProperty("number", out var number) ? number.GetString() : null,
                Details = Details(message, kept.Members).ToJsonString(StoredJson.Options),
            }
            : null;
    }

    private static JsonObject Details(JsonElement message, IEnumerable<string> members) =>
        new(
            from name in members
            where message.TryGetProperty(name, out var value) && Says(value)
            select KeyValuePair.Create(name, Value(name, message.GetProperty(name)))
        );

    private static bool Says(JsonElement value) =>
        value.ValueKind is not JsonValueKind.Null
        && !(value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 0);

    private static JsonNode? Value(string name, JsonElement value) =>
        name == "answers"
            ? new JsonArray([.. value.EnumerateArray().Select(answer => (JsonNode)Details(answer, Answered))])
            : JsonNode.Parse(value.GetRawText());
}
