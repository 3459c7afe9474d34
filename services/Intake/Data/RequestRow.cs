using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Data;

/// <summary>A request as stored, without the customer's own words (see <see cref="RequestTextRow"/>).</summary>
internal sealed class RequestRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }

    /// <summary>The <c>sub</c> that brought it; with source and external id the natural key.</summary>
    public required string RecordedBy { get; init; }
    public required string Source { get; init; }
    public required string? ExternalId { get; init; }
    public required Guid CustomerId { get; init; }
    public required Channel Channel { get; init; }
    public required RequestType Type { get; init; }
    public required Urgency Urgency { get; init; }
    public required string Language { get; init; }
    public required Segment Segment { get; init; }
    public required Category Category { get; init; }
    public required Subcategory Subcategory { get; init; }
    public required int? ComplaintLevel { get; init; }
    public required Emotion Emotion { get; init; }
    public required ServiceStage? ServiceStage { get; init; }
    public required string RuleId { get; init; }
    public required int RulesVersion { get; init; }
    public required double Confidence { get; init; }
    public required string DecidedBy { get; init; }
    public required string? Product { get; init; }
    public required string? ProductVersion { get; init; }
    public required string? OrderRef { get; init; }
    public required string? Region { get; init; }
    public required string? Store { get; init; }
    public required string PolicyId { get; init; }
    public required int PolicyVersion { get; init; }
    public required string CalendarId { get; init; }
    public required int CalendarVersion { get; init; }
    public required string Promises { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required byte[] ContentHash { get; init; }

    /// <summary>The ticket's status once there is one, <c>received</c> before.</summary>
    public string Status { get; init; } = Received;
    public int StatusVersion { get; init; }
    public string? Team { get; init; }
    public int TeamVersion { get; init; }

    public const string Received = "received";
}

/// <summary>The customer's own words: the one table of free text, keyed by customer so that erasing finds it.</summary>
internal sealed class RequestTextRow
{
    public required Guid CustomerId { get; init; }
    public required Guid RequestId { get; init; }
    public required string Subject { get; init; }
    public required string? What { get; init; }
    public required string? When { get; init; }
    public required string? Where { get; init; }
    public required string? Expectation { get; init; }
    public required string Attributes { get; init; }
}
