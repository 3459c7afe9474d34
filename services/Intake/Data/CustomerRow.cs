using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Data;

/// <summary>A customer as stored: names and addresses encrypted, a mask beside each for those who may not see more.</summary>
internal sealed class CustomerRow
{
    public required Guid Id { get; init; }
    public required string? ExternalId { get; init; }
    public required CustomerType Type { get; init; }
    public required Segment Segment { get; init; }
    public required string Language { get; init; }
    public required Channel? PreferredChannel { get; init; }
    public required byte[]? Name { get; init; }
    public required byte[]? Company { get; init; }
    public required byte[]? Phone { get; init; }
    public required byte[]? Email { get; init; }
    public required byte[]? PhoneIndex { get; init; }
    public required byte[]? EmailIndex { get; init; }
    public required string? MaskedName { get; init; }
    public required string? MaskedPhone { get; init; }
    public required string? MaskedEmail { get; init; }

    /// <summary>Wishes not to be contacted, as a JSON array; written apart from everything else.</summary>
    public string DoNotContact { get; init; } = NoWishes;
    public required DateTimeOffset FirstSeenAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Version { get; init; }

    /// <summary>How many events told of this customer: the version that they carry.</summary>
    public required int EventVersion { get; init; }

    public const string NoWishes = "[]";
}

/// <summary>Who saw a customer's unmasked data, when, and by which request or for what.</summary>
internal sealed class PersonalDataReadRow
{
    public required Guid Id { get; init; }
    public required string ReadBy { get; init; }
    public required Guid CustomerId { get; init; }
    public required Guid? RequestId { get; init; }

    /// <summary><c>customer</c>, <c>contact:survey</c> ...; null where a request was read.</summary>
    public string? Purpose { get; init; }
    public required DateTimeOffset ReadAt { get; init; }
}
