namespace CustomerFeedback.Contracts.Intake;

/// <summary>A customer is new in the registry, or a fact that others copy has changed.</summary>
public sealed record CustomerUpserted(
    Guid CustomerId,
    int Version,
    CustomerSummary Customer,
    DateTimeOffset UpsertedAt
);
