namespace CustomerFeedback.Contracts.Intake;

/// <summary>What other services may know of a customer: no address, no full name.</summary>
/// <param name="ExternalId">The customer's id in the company's CRM, where there is one.</param>
/// <param name="IsNew">First seen with this event.</param>
/// <param name="MaskedName">As <c>张*</c>.</param>
/// <param name="MaskedPhone">As <c>138****1234</c>, null without a phone.</param>
/// <param name="DoNotContact">Null in events from before it was told; copies keep what they know then.</param>
public sealed record CustomerSummary(
    Guid CustomerId,
    string? ExternalId,
    CustomerType Type,
    Segment Segment,
    bool IsNew,
    string? MaskedName,
    string? MaskedPhone,
    string Language,
    Channel? PreferredChannel,
    Reachability Reachability,
    IReadOnlyList<DoNotContact>? DoNotContact = null
);

/// <summary>One standing wish not to be contacted. Without a channel on all of them, without a purpose for whatever reason.</summary>
/// <param name="Purpose">As <c>survey</c>, <c>follow_up</c>, <c>notification</c>.</param>
/// <param name="Until">The first instant at which it no longer holds; null = for good.</param>
/// <param name="Source">Who brought the wish, as <c>crm</c>, <c>agent</c>, <c>survey</c>.</param>
public sealed record DoNotContact(Channel? Channel, string? Purpose, DateTimeOffset? Until, string Source);

/// <summary>On which channels an address is known. Do-not-contact is checked again when something is sent.</summary>
public sealed record Reachability(bool Phone, bool Email, bool Wechat, bool App);
