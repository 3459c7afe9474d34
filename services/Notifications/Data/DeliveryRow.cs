namespace CustomerFeedback.Notifications.Data;

/// <summary>One message to one recipient, and what became of it. Neither address nor link is ever among it: both are asked for at the moment of sending.</summary>
internal sealed class DeliveryRow
{
    public required Guid Id { get; init; }

    /// <summary>What it is about, as <c>request:&lt;id&gt;</c>: with template and recipient it is unique, however often the event comes.</summary>
    public required string Source { get; init; }

    /// <summary>As <c>request-accepted</c>.</summary>
    public required string Template { get; init; }

    /// <summary><c>customer</c>, or an agent's id.</summary>
    public required string Recipient { get; init; }
    public Guid? CustomerId { get; init; }
    public string? Number { get; init; }
    public Guid? InvitationId { get; init; }

    /// <summary>What do-not-contact is asked for: <c>notification</c>, <c>survey</c>; null for alerts.</summary>
    public string? Purpose { get; init; }

    /// <summary>What the message says besides number and link, as a JSON object of words and instants.</summary>
    public required string Values { get; init; }

    /// <summary>The wanted channel; after a try the one that was used.</summary>
    public string? Channel { get; init; }
    public string? Language { get; init; }
    public required string State { get; init; }

    /// <summary>Why it was not delivered (yet): a stable word.</summary>
    public string? Reason { get; init; }

    /// <summary>Tries of the provider.</summary>
    public int Attempts { get; init; }

    /// <summary>How often a worker has taken it; only the last one may write down what came of it.</summary>
    public int Claims { get; init; }

    /// <summary>When it is sent first, or again; while it is being sent: when another worker may take it over. Null at the end.</summary>
    public DateTimeOffset? NextTryAt { get; init; }
    public string? Adapter { get; init; }
    public string? MaskedRecipient { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}
