using System.Text.Json.Serialization;

namespace CustomerFeedback.Intake.Domain;

/// <summary>A request as a client brought it: well-formed, nothing defaulted yet.</summary>
internal sealed record IncomingRequest(
    string Source,
    string? ExternalId,
    Channel Channel,
    RequestType Type,
    Urgency Urgency,
    DateTimeOffset? ReceivedAt,
    string? Language,
    GivenCustomer Customer,
    string Subject,
    RequestText Description,
    string? Product,
    string? ProductVersion,
    string? OrderRef,
    ServiceStage? ServiceStage,
    string? Region,
    string? Store,
    IReadOnlyDictionary<string, string> Attributes
)
{
    /// <summary>The words that classification rules look at.</summary>
    [JsonIgnore]
    public string Wording => string.Join('\n', Subject, Description.What, Description.Expectation);
}

/// <summary>The customer's own account, in parts.</summary>
internal sealed record RequestText(string? What, string? When, string? Where, string? Expectation)
{
    public static RequestText Empty { get; } = new(null, null, null, null);
}
