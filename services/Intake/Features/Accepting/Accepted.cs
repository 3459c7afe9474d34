using System.Text.Json.Serialization;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>What the client learns about its request.</summary>
/// <param name="Number">The number for people, also the ticket's.</param>
/// <param name="StatusUrl">The customer's page; works without a login.</param>
/// <param name="Promises">By when the customer is told something.</param>
/// <param name="Differs">True where this natural key was first used with other content; the first content stands.</param>
internal sealed record Accepted(
    Guid Id,
    string Number,
    DateTimeOffset ReceivedAt,
    DateTimeOffset RecordedAt,
    string StatusUrl,
    IReadOnlyList<PromisedTime> Promises,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Differs = null
);
