namespace CustomerFeedback.Analytics.Data;

/// <summary>An event as it was told, kept for ever: all else in this database can be made again from these.</summary>
internal sealed record EventRow
{
    /// <summary>The message id.</summary>
    public required Guid Id { get; init; }

    /// <summary>As <c>TicketOpened</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The events that are read together: the request's number, else the invitation, else the subject.</summary>
    public required string Thread { get; init; }
    public string? Number { get; init; }
    public Guid? CustomerId { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>The subject's gap-free count of events.</summary>
    public int Version { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset StoredAt { get; init; }

    /// <summary>The order in which events were stored, which is also the order in which their transactions were committed.</summary>
    public long Seq { get; init; }

    /// <summary>The message, without its envelope.</summary>
    public required string Body { get; init; }
}
