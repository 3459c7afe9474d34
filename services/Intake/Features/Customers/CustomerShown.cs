using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>A customer as the registry has it.</summary>
/// <param name="Masked">Whether name, company, phone and e-mail are masks: they are without <c>pii:read</c>.</param>
/// <param name="DoNotContact">Standing wishes, those that have run out too.</param>
/// <param name="Version">Equal to the ETag.</param>
internal sealed record CustomerShown(
    Guid Id,
    string? ExternalId,
    CustomerType Type,
    Segment Segment,
    bool Masked,
    string? Name,
    string? Company,
    string? Phone,
    string? Email,
    string Language,
    Channel? PreferredChannel,
    IReadOnlyList<DoNotContact> DoNotContact,
    DateTimeOffset FirstSeenAt,
    int Version
)
{
    public const string Unmasked = "pii:read";

    public static CustomerShown Of(Customer customer, bool unmasked)
    {
        var seen = unmasked ? customer : customer.Masked();
        return new(
            seen.Id,
            seen.ExternalId,
            seen.Type,
            seen.Segment,
            !unmasked,
            seen.Name,
            seen.Company,
            seen.Phone,
            seen.Email,
            seen.Language,
            seen.PreferredChannel,
            seen.DoNotContact,
            seen.FirstSeenAt,
            seen.Version
        );
    }
}
