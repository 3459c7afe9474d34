namespace CustomerFeedback.Contracts.Intake;

/// <summary>A customer's request is stored, classified and promised an answer. Opens exactly one ticket with the same number.</summary>
/// <param name="RequestId">The request; also what its links are signed over.</param>
/// <param name="Version">1: the first event of the subject <paramref name="RequestId"/>.</param>
/// <param name="Source">The company system that brought it, with <paramref name="ExternalId"/> its natural key.</param>
/// <param name="RecordedBy">The <c>sub</c> of the token that posted it.</param>
/// <param name="ReceivedAt">When the customer spoke: the start of the clocks.</param>
/// <param name="RecordedAt">When it was stored.</param>
public sealed record RequestReceived(
    Guid RequestId,
    string Number,
    int Version,
    string Source,
    string? ExternalId,
    string RecordedBy,
    Channel Channel,
    RequestType Type,
    Urgency Urgency,
    string Language,
    CustomerSummary Customer,
    string Subject,
    RequestDescription Description,
    string? Product,
    string? ProductVersion,
    string? OrderRef,
    ServiceStage? ServiceStage,
    string? Region,
    string? Store,
    IReadOnlyDictionary<string, string> Attributes,
    Classification Classification,
    PolicyPin Policy,
    IReadOnlyList<Promise> Promises,
    DateTimeOffset ReceivedAt,
    DateTimeOffset RecordedAt
);

/// <summary>The customer's own words, in parts; free text that <c>CustomerErased</c> removes everywhere.</summary>
public sealed record RequestDescription(string? What, string? When, string? Where, string? Expectation);

/// <summary>What the classification rules decided, and which rule; Ticketing owns later overrides.</summary>
/// <param name="ComplaintLevel">1 (severest) to 3 for complaints, else null.</param>
/// <param name="Confidence">0..1; low where no rule spoke.</param>
public sealed record Classification(
    Category Category,
    Subcategory Subcategory,
    int? ComplaintLevel,
    Emotion Emotion,
    string RuleId,
    int RulesVersion,
    double Confidence
);

/// <summary>The SLA policy and calendar versions that the promises were computed with; the ticket's clocks pin exactly these.</summary>
public sealed record PolicyPin(string PolicyId, int PolicyVersion, string CalendarId, int CalendarVersion);

/// <summary>One promised time, as told to the customer.</summary>
public sealed record Promise(SlaClockName Clock, DateTimeOffset DueAt);
