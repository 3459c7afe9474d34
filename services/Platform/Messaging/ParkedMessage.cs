namespace CustomerFeedback.Messaging;

/// <summary>A message that its consumer gave up, kept until somebody sends it back or it is no longer of use.</summary>
internal sealed class ParkedMessage
{
    public Guid Id { get; init; }

    /// <summary>The consumer's queue: where it came from and where a replay sends it.</summary>
    public required string Queue { get; init; }

    /// <summary>Its message id, or the hash of its body: the same message parked again is the same row.</summary>
    public required string DedupeKey { get; init; }
    public string? MessageId { get; init; }
    public string? Type { get; init; }
    public required string Reason { get; init; }
    public string? ContentType { get; init; }
    public required string Headers { get; init; }
    public required byte[] Body { get; init; }
    public DateTimeOffset FirstSeen { get; init; }
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>When it was last sent back; null while it waits.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }
}
