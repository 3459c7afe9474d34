namespace CustomerFeedback.Intake.Data;

/// <summary>One line of a customer's file: what came of their requests, as the other services told it.</summary>
internal sealed class CustomerHistoryRow
{
    public required Guid CustomerId { get; init; }

    /// <summary>The message's: told twice, it is one line.</summary>
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Kind { get; init; }

    /// <summary>The request that it is about.</summary>
    public string? Number { get; init; }

    /// <summary>JSON: what there is to say of this kind. The customer's words are in it; they go with the customer's rows.</summary>
    public required string Details { get; init; }
}
