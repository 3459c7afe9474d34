namespace CustomerFeedback.Ticketing.Data;

/// <summary>A team, an agent or a roster as an administrator wrote it.</summary>
internal sealed class StaffRow
{
    /// <summary><c>team</c>, <c>agent</c> or <c>roster</c>.</summary>
    public required string Kind { get; init; }
    public required string Id { get; init; }
    public int Version { get; set; }

    /// <summary>In order of creation: what lists are paged by.</summary>
    public long Seq { get; init; }

    /// <summary>JSON, in the shape of its PUT.</summary>
    public required string Body { get; set; }
}

/// <summary>One version of the routing rules; the highest one holds.</summary>
internal sealed class RoutingRulesRow
{
    public int Version { get; init; }

    /// <summary>JSON: the ordered list.</summary>
    public required string Rules { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>When somebody was given a ticket last. Apart from the agent's facts: this changes with every batch.</summary>
internal sealed class AgentActivity
{
    public required string Agent { get; init; }
    public DateTimeOffset LastAssignedAt { get; set; }
}
