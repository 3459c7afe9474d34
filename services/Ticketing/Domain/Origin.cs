namespace CustomerFeedback.Ticketing.Domain;

/// <summary>The request behind a ticket: facts that never change. No address and no full name among them.</summary>
internal sealed record Origin
{
    public required string Source { get; init; }
    public required Channel Channel { get; init; }
    public required RequestType Type { get; init; }
    public required string Language { get; init; }
    public string? CustomerExternalId { get; init; }
    public required Segment Segment { get; init; }
    public string? MaskedName { get; init; }
    public string? MaskedPhone { get; init; }
    public Channel? PreferredChannel { get; init; }
    public string? Product { get; init; }
    public string? ProductVersion { get; init; }
    public string? OrderRef { get; init; }
    public ServiceStage? ServiceStage { get; init; }
    public string? Region { get; init; }
    public string? Store { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}
