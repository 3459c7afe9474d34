using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>A list of holidays that was read, and what it would change about the version that it was compared with. Approved once at most.</summary>
internal sealed class CalendarImportRow
{
    public required Guid Id { get; init; }
    public required string CalendarId { get; init; }

    /// <summary>What it was compared with: it can be approved while this is the present version.</summary>
    public required int BaseVersion { get; init; }

    /// <summary>JSON of <see cref="CalendarChanges"/>.</summary>
    public required string Changes { get; init; }

    /// <summary>JSON of a list of <see cref="ListFinding"/>.</summary>
    public required string Findings { get; init; }
    public required string ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public string? ApprovedBy { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>The version that the approval made.</summary>
    public int? Version { get; private set; }

    public void Approve(int version, string by, DateTimeOffset at) =>
        (Version, ApprovedBy, ApprovedAt) = (version, by, at);
}
