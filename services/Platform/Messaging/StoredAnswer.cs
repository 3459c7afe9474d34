using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Messaging;

/// <summary>The first answer to an <see cref="IdempotencyKey"/>, kept at least 24 hours to be given again byte for byte.</summary>
public sealed class StoredAnswer
{
    /// <summary><c>$1 bytea[]</c> ids; columns id, request_hash, status, headers, body.</summary>
    public const string FindSql =
        "SELECT id, request_hash, status, headers, body FROM messaging.idempotency_keys WHERE id = ANY ($1::bytea[])";

    /// <summary><c>$1 bytea[]</c> ids, <c>$2 bytea[]</c> request hashes, <c>$3 int[]</c> status, <c>$4 text[]</c> headers, <c>$5 bytea[]</c> bodies.</summary>
    public const string InsertSql =
        "INSERT INTO messaging.idempotency_keys (id, request_hash, status, headers, body) "
        + "SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::int[], $4::text[], $5::bytea[])";

    private static readonly string[] Kept = ["Location", "Content-Type", "ETag"];

    /// <summary><see cref="IdempotencyKey.Id"/>.</summary>
    public required byte[] Id { get; init; }

    /// <summary><see cref="IdempotencyKey.RequestHash"/>.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>A JSON object of the headers that belong to the answer.</summary>
    public required string Headers { get; init; }

    /// <summary>The answer's bytes.</summary>
    public required byte[] Body { get; init; }

    internal DateTimeOffset CreatedAt { get; init; }

    /// <summary>The answer that <paramref name="response"/> is about to give with <paramref name="body"/>.</summary>
    public static StoredAnswer Of(IdempotencyKey key, HttpResponse response, byte[] body) =>
        new()
        {
            Id = key.Id,
            RequestHash = key.RequestHash,
            Status = response.StatusCode,
            Headers = JsonSerializer.Serialize(
                Kept.Where(response.Headers.ContainsKey)
                    .ToDictionary(name => name, name => response.Headers[name].ToString())
            ),
            Body = body,
        };

    /// <summary>Gives the answer again, or says that the key was used with another body.</summary>
    public async Task Answer(HttpContext http, IdempotencyKey key)
    {
        if (!RequestHash.AsSpan().SequenceEqual(key.RequestHash))
        {
            await IdempotencyKey.Reused().ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = Status;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(Headers)!)
            http.Response.Headers[name] = value;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (Body.Length > 0)
            await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }
}
