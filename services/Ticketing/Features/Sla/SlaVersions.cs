using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The rules that publishing a policy and publishing a calendar share: one after the other, each a new version, the one before named by If-Match.</summary>
internal static class SlaVersions
{
    private const long PublishingLock = 0x534C_41; // "SLA"

    /// <summary>Policies name calendars: whoever publishes either sees what the other has done.</summary>
    public static Task OneAtATime(TicketingDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PublishingLock})", ct);

    /// <summary>Has this process know what was published. Not before it is committed: under an idempotency key that comes later, and the timer looks.</summary>
    public static Task Refresh(this SlaCatalog catalog, TicketingDbContext db, HttpContext http) =>
        db.Database.CurrentTransaction is null ? catalog.Refresh(db, http.RequestAborted) : Task.CompletedTask;

    /// <summary>Null where the change may be made on the current version (0 = there is none yet).</summary>
    public static ProblemHttpResult? Refused(HttpContext http, int current)
    {
        var named = http.Request.Headers.IfMatch.Count > 0;
        if (current == 0)
            return named ? Problem.Stale() : null;
        if (!IfMatch.TryRead(http, out var version, out var problem))
            return problem;
        return version is null || version == current ? null : Problem.Stale();
    }

    /// <summary>The id of a body is that of its path; it may be left out.</summary>
    public static ProblemHttpResult? OtherId(string path, string? body) =>
        body is null || body == path
            ? null
            : Problem.Malformed(new FieldError("/id", "id_mismatch", $"The path says '{path}'."));

    public static IResult Answer(HttpContext http, string collection, string id, int version, object document)
    {
        http.SetETag(version);
        return version == 1
            ? TypedResults.Created($"{collection}/{Uri.EscapeDataString(id)}", document)
            : TypedResults.Ok(document);
    }

    /// <summary>A page of documents in order of their ids, which never go away: a cursor finds its place again.</summary>
    public static Page<T> Page<T>(HttpContext http, PageQuery page, IEnumerable<T> documents, Func<T, string> idOf)
    {
        var sorted = documents.OrderBy(idOf, StringComparer.Ordinal).ToList();
        var start = page.After is { } after ? sorted.FindIndex(document => PlaceOf(idOf(document)) == after.Id) + 1 : 0;
        return page.Answer(
            http,
            [.. sorted.Skip(start).Take(page.Limit + 1)],
            document => new Cursor(0, PlaceOf(idOf(document)))
        );
    }

    private static Guid PlaceOf(string id) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
}
