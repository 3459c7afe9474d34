using CustomerFeedback.Masking;

namespace CustomerFeedback.Intake.Domain;

/// <summary>What one request says about its customer; null means "not said".</summary>
/// <param name="Id">Our own id, where a service of ours speaks of somebody it knows from us.</param>
internal sealed record GivenCustomer(
    string? ExternalId,
    string? Name,
    string? Company,
    PhoneNumber? Phone,
    EmailAddress? Email,
    Segment? Segment,
    Guid? Id = null
);

/// <summary>A customer in the registry: the one place with addresses and full names.</summary>
internal sealed record Customer(
    Guid Id,
    string? ExternalId,
    CustomerType Type,
    Segment Segment,
    string? Name,
    string? Company,
    string? Phone,
    string? Email,
    string Language,
    Channel? PreferredChannel,
    DateTimeOffset FirstSeenAt,
    int Version,
    int EventVersion,
    IReadOnlyList<DoNotContact> DoNotContact
)
{
    public const string DefaultLanguage = "zh-CN";

    public static Customer FirstSeen(Guid id, GivenCustomer given, string? language, DateTimeOffset now) =>
        new Customer(
            id,
            given.ExternalId,
            CustomerType.Individual,
            Segment.Regular,
            null,
            null,
            null,
            null,
            language ?? DefaultLanguage,
            null,
            now,
            1,
            1,
            []
        ).With(given);

    /// <summary>As seen by whoever may not see personal data: masks in place of name, company and addresses.</summary>
    public Customer Masked() =>
        this with
        {
            Name = Mask.Name(Name),
            Company = Mask.Company(Company),
            Phone = MaskedPhone,
            Email = MaskedEmail,
        };

    /// <summary>What was said replaces what was known; silence changes nothing. Versions are the store's to raise.</summary>
    public Customer With(GivenCustomer given) =>
        this with
        {
            Type = given.Company is null ? Type : CustomerType.Enterprise,
            Segment = given.Segment ?? Segment,
            Name = given.Name ?? Name,
            Company = given.Company ?? Company,
            Phone = given.Phone?.Canonical ?? Phone,
            Email = given.Email?.Text ?? Email,
        };

    /// <summary>The name others may see: the person's, else the company's.</summary>
    public string? MaskedName => Mask.Name(Name) ?? Mask.Company(Company);

    public string? MaskedPhone => MaskedAddress.Phone(Phone);

    public string? MaskedEmail => MaskedAddress.Email(Email);

    /// <summary>Everything that other services copy; a change here is worth an event.</summary>
    public (string?, CustomerType, Segment, string?, string?, string, Channel?, bool, bool, string) CopiedFacts =>
        (
            ExternalId,
            Type,
            Segment,
            MaskedName,
            MaskedPhone,
            Language,
            PreferredChannel,
            Phone is not null,
            Email is not null,
            string.Join('\n', DoNotContact)
        );
}
