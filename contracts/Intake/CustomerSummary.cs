namespace CustomerFeedback.Contracts.Intake;

/// <summary>What other services may know of a customer: no address, no full name.</summary>
/// <param name="ExternalId">The customer's id in the company's CRM, where there is one.</param>
/// <param name="IsNew">First seen with this event.</param>
/// <param name="MaskedName">As <c>张*</c>.</param>
/// <param name="MaskedPhone">As <c>138****1234</c>, null without a phone.</param>
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
    Reachability Reachability
);

/// <summary>On which channels an address is known. Do-not-contact is checked again when something is sent.</summary>
public sealed record Reachability(bool Phone, bool Email, bool Wechat, bool App);
