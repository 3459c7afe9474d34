using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Intake.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Data;

/// <summary>Keyed hashes by which personal data is found and compared without being readable.</summary>
internal sealed class BlindIndex(IOptions<PersonalDataOptions> options)
{
    private readonly byte[] key = Convert.FromBase64String(options.Value.IndexKey);

    public byte[]? Phone(string? canonical) => canonical is null ? null : Of("phone|", canonical);

    public byte[]? Email(string? address) => address is null ? null : Of("email|", address.ToLowerInvariant());

    /// <summary>
    /// What two deliveries of the same request agree in. Keyed, because the parts of a request that are stored in plain
    /// would otherwise let anybody with the table guess the telephone number until the hash fits. In words and without
    /// nulls, so that a later version with more members still finds the same content the same.
    /// </summary>
    public byte[] Content(IncomingRequest request) =>
        HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes(request, StoredJson.Options));

    private byte[] Of(string purpose, string value) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose + value));
}
