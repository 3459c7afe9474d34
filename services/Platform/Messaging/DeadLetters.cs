using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CustomerFeedback.ApiDocs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Messaging;

/// <summary>Parked messages, seen and sent back: <c>/v1/admin/{service}/dead-letters</c>.</summary>
public static class DeadLetters
{
    /// <summary>A parked message in a list.</summary>
    public sealed record Item(
        Guid Id,
        string Queue,
        string? MessageId,
        string? Type,
        string Reason,
        DateTimeOffset FirstSeen,
        DateTimeOffset LastSeen,
        DateTimeOffset? ReplayedAt
    );

    /// <summary>A page of them, newest first.</summary>
    public sealed record Listing(IReadOnlyList<Item> Items, string? NextCursor);

    /// <summary>One in full; <paramref name="Body"/> is null where it is no text, then see <paramref name="BodyBase64"/>.</summary>
    public sealed record Detail(
        Item Message,
        string? ContentType,
        JsonElement Headers,
        string? Body,
        string? BodyBase64
    );

    /// <summary>Which to send back; none named is all that wait.</summary>
    public sealed record Selection(IReadOnlyList<Guid>? Ids);

    /// <summary>How many were sent back, and how many of the named ones were unknown or had been sent back before.</summary>
    public sealed record Outcome(int Replayed, int Skipped);

    /// <summary>Maps the three routes for one service.</summary>
    public static void MapDeadLetters<TDb>(this IEndpointRouteBuilder routes, string service)
        where TDb : DbContext
    {
        var path = $"/v1/admin/{service}/dead-letters";
        routes
            .MapGet(path, (HttpContext http, TDb db, CancellationToken ct) => List(http, db, path, ct))
            .WithName($"ListDeadLetters-{service}")
            .WithSummary("Messages that a consumer gave up, newest first.")
            .InPages()
            .Produces<Listing>();
        routes
            .MapGet(path + "/{id:guid}", (Guid id, TDb db, CancellationToken ct) => Get(id, db, ct))
            .WithName($"GetDeadLetter-{service}")
            .WithSummary("One of them in full.")
            .Produces<Detail>();
        routes
            .MapPost(
                path + ":replay",
                (Selection? which, TDb db, TimeProvider clock, ILoggerFactory logs, CancellationToken ct) =>
                    Replay(which, db, clock, logs.CreateLogger(typeof(DeadLetters).FullName!), ct)
            )
            .WithName($"ReplayDeadLetters-{service}")
            .WithSummary("Sends all, or the named ones, back to their queues. Safe to repeat.")
            .Produces<Outcome>();
    }

    private static async Task<IResult> List(HttpContext http, DbContext db, string path, CancellationToken ct)
    {
        if (!TryPage(http.Request.Query, out var limit, out var before, out var problem))
            return problem!;

        var rows = await db.Set<ParkedMessage>()
            .AsNoTracking()
            .Where(m => before == null || m.Id < before)
            .OrderByDescending(m => m.Id)
            .Take(limit + 1)
            .Select(m => new Item(m.Id, m.Queue, m.MessageId, m.Type, m.Reason, m.FirstSeen, m.LastSeen, m.ReplayedAt))
            .ToListAsync(ct);
        var more = rows.Count > limit;
        var page = rows.Take(limit).ToList();
        var next = more ? Base64Url.EncodeToString(page[^1].Id.ToByteArray()) : null;
        if (next is not null)
            http.Response.Headers.Link = $"<{path}?limit={limit}&cursor={next}>; rel=\"next\"";
        return TypedResults.Ok(new Listing(page, next));
    }

    private static bool TryPage(IQueryCollection query, out int limit, out Guid? before, out IResult? problem)
    {
        (limit, before, problem) = (50, null, null);
        if (query.Keys.FirstOrDefault(k => k is not ("limit" or "cursor")) is { } unknown)
            problem = Refusal.Malformed($"?{unknown}", "unknown_parameter", "Known are limit and cursor.");
        else if (
            query.TryGetValue("limit", out var given) && (!int.TryParse(given, out limit) || limit is < 1 or > 200)
        )
            problem = Refusal.Malformed("?limit", "out_of_range", "A whole number from 1 to 200.");
        else if (query.TryGetValue("cursor", out var cursor))
        {
            Span<byte> id = stackalloc byte[16];
            if (Base64Url.IsValid(cursor, out var length) && length == id.Length)
            {
                Base64Url.DecodeFromChars(cursor, id);
                before = new Guid(id);
            }
            else
            {
                problem = Refusal.Malformed("?cursor", "invalid", "Take it from nextCursor.");
            }
        }

        return problem is null;
    }

    private static async Task<IResult> Get(Guid id, DbContext db, CancellationToken ct)
    {
        var m = await db.Set<ParkedMessage>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (m is null)
            return Refusal.Of(StatusCodes.Status404NotFound, "not_found", "There is no such message.");

        var text = Utf8(m.Body);
        return TypedResults.Ok(
            new Detail(
                new Item(m.Id, m.Queue, m.MessageId, m.Type, m.Reason, m.FirstSeen, m.LastSeen, m.ReplayedAt),
                m.ContentType,
                JsonSerializer.Deserialize<JsonElement>(m.Headers),
                text,
                text is null ? Convert.ToBase64String(m.Body) : null
            )
        );
    }

    private static string? Utf8(byte[] body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static async Task<IResult> Replay(
        Selection? which,
        DbContext db,
        TimeProvider clock,
        ILogger log,
        CancellationToken ct
    )
    {
        var replayed = 0;
        int batch;
        do
        {
            // Each batch leaves by the outbox, in the transaction that marks it: sent back once, broker or no broker.
            batch = await db.InTransaction(token => Requeue(which?.Ids, db, clock.GetUtcNow(), token), ct);
            replayed += batch;
            db.ChangeTracker.Clear();
        } while (batch == BatchSize);

        if (replayed > 0)
            log.Replayed(replayed);
        return TypedResults.Ok(new Outcome(replayed, (which?.Ids?.Distinct().Count() ?? replayed) - replayed));
    }

    private const int BatchSize = 200;

    private static async Task<int> Requeue(
        IReadOnlyList<Guid>? ids,
        DbContext db,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var named = ids?.ToArray() ?? [];
        var everything = ids is null;
        var waiting = await db.Set<ParkedMessage>()
            .FromSql(
                $"""
                SELECT * FROM messaging.parked_messages WHERE replayed_at IS NULL AND ({everything} OR id = ANY ({named}))
                ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        foreach (var message in waiting)
            db.Set<OutboxRow>().Add(Again(message));
        var taken = waiting.Select(m => m.Id).ToArray();
        await db.Set<ParkedMessage>()
            .Where(m => taken.Contains(m.Id))
            .ExecuteUpdateAsync(m => m.SetProperty(p => p.ReplayedAt, now), ct);
        return waiting.Count;
    }

    private static OutboxRow Again(ParkedMessage message)
    {
        var headers = JsonSerializer
            .Deserialize<Dictionary<string, string>>(message.Headers)!
            .Where(h => !h.Key.StartsWith("MT-Fault-", StringComparison.Ordinal) && h.Key != "MT-Reason")
            .ToDictionary(h => h.Key, h => h.Value);
        return new OutboxRow
        {
            Id = Guid.CreateVersion7(),
            Type = message.Type ?? "",
            Body = message.Body,
            Headers = PublishPlan.HeadersOfReplay(headers, message.MessageId, message.ContentType),
            Subject = null,
            Queue = message.Queue,
        };
    }
}
