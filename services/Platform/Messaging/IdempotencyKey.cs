using System.Buffers.Binary;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Messaging;

/// <summary>
/// A request's <c>Idempotency-Key</c> in its scope (client, method, path). Routes use <see cref="Idempotency.WithIdempotency{TDb}"/>; a hot path that stores
/// many requests in one transaction does the same with the statements here, in this order and in that transaction: <see cref="LockSql"/> (a key
/// that is not locked is in flight elsewhere: <see cref="InFlight"/>, unless the look-up finds it), <see cref="StoredAnswer.FindSql"/> in a statement of its own
/// (found: <see cref="StoredAnswer.Answer"/>), the effect, <see cref="StoredAnswer.InsertSql"/>, commit.
/// </summary>
public sealed class IdempotencyKey
{
    /// <summary>The request header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary><c>$1 bigint[]</c>: <see cref="Lock"/> of each key, ascending; one row each, whether this transaction has it now.</summary>
    public const string LockSql = "SELECT key, pg_try_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS k(key)";

    private const int Longest = 255;

    private IdempotencyKey(byte[] id, byte[] requestHash) => (Id, RequestHash) = (id, requestHash);

    /// <summary>Hash of scope and key: the stored answer's primary key.</summary>
    public byte[] Id { get; }

    /// <summary>Hash of the raw body.</summary>
    public byte[] RequestHash { get; }

    /// <summary>The advisory lock that says "in flight".</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Id);

    /// <summary>Reads the header. False with a <paramref name="problem"/> when it is malformed; true without a key when there is none.</summary>
    public static bool TryRead(HttpContext http, ReadOnlySpan<byte> body, out IdempotencyKey? key, out IResult? problem)
    {
        (key, problem) = (null, null);
        if (!http.Request.Headers.TryGetValue(Header, out var given))
            return true;

        var text = given.ToString();
        if (text.Length > Longest || string.IsNullOrWhiteSpace(text))
        {
            problem = Refusal.Malformed(Header, "invalid_length", $"{Header} has 1 to {Longest} characters.");
            return false;
        }

        var client = http.User.FindFirstValue("sub") ?? http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        var scope = $"{client}\n{http.Request.Method}\n{http.Request.PathBase}{http.Request.Path}\n{text}";
        key = new IdempotencyKey(SHA256.HashData(Encoding.UTF8.GetBytes(scope)), SHA256.HashData(body));
        return true;
    }

    /// <summary>409: the same key is being worked on; the caller comes again.</summary>
    public static IResult InFlight(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Refusal.Of(
            StatusCodes.Status409Conflict,
            "idempotency_in_flight",
            "A request with this key is in flight."
        );
    }

    /// <summary>422: the key was used for something else.</summary>
    public static IResult Reused() =>
        Refusal.Of(
            StatusCodes.Status422UnprocessableEntity,
            "idempotency_key_reused",
            "This key was used before with another body. Use a new key for a new request."
        );
}
