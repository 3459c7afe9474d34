using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>One page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Where a page ended: the sort key of its last row (an instant's ticks, or any number) and the row's id.</summary>
public readonly record struct Cursor(long Key, Guid Id)
{
    public Cursor(DateTimeOffset at, Guid id)
        : this(at.UtcTicks, id) { }

    public DateTimeOffset At => new(Math.Clamp(Key, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    /// <summary>Opaque text that fits only the same <paramref name="query"/>: a cursor of another filter is a mistake, not a page.</summary>
    public static string Encode(Cursor cursor, string query = "")
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.Key);
        cursor.Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        Check(bytes[..24], query, bytes[24..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryDecode(string? text, out Cursor cursor, string query = "")
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[32];
        Span<byte> check = stackalloc byte[8];
        if (text is not { Length: 43 } || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != 32)
            return false;
        Check(bytes[..24], query, check);
        cursor = new Cursor(BinaryPrimitives.ReadInt64BigEndian(bytes), new Guid(bytes[8..24], bigEndian: true));
        return check.SequenceEqual(bytes[24..]);
    }

    // Against mistakes, not against forgers: rows are narrowed to the caller's own whatever the cursor says.
    private static void Check(ReadOnlySpan<byte> key, string query, Span<byte> check) =>
        SHA256.HashData([.. key, .. Encoding.UTF8.GetBytes(query)]).AsSpan(0, 8).CopyTo(check);
}

/// <summary>The paging part of a list's query: how many, after which row, and which end first.</summary>
public sealed record PageQuery(int Limit, Cursor? After, bool OldestFirst = false)
{
    public const int Most = 200;
    private const int Usual = 50;

    /// <summary>Reads limit, cursor and sort; anything that is neither these nor one of <paramref name="filters"/> is refused.</summary>
    /// <param name="sort">The time that the list may be sorted by, where it may be: <c>recordedAt</c>, or <c>-recordedAt</c> for the newest first.</param>
    public static bool TryRead(
        HttpContext http,
        IEnumerable<string> filters,
        out PageQuery page,
        [NotNullWhen(false)] out ProblemHttpResult? problem,
        string? sort = null
    )
    {
        var errors = Query
            .Unknown(http, [.. filters, "limit", "cursor", .. sort is null ? (string[])[] : ["sort"]])
            .ToList();
        var limit = Usual;
        if (
            http.Request.Query.TryGetValue("limit", out var given)
            && !(
                int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= Most
            )
        )
            errors.Add(new FieldError("limit", "out_of_range", $"1 to {Most}."));
        Cursor? after = null;
        if (http.Request.Query.TryGetValue("cursor", out var cursor))
        {
            if (Cursor.TryDecode(cursor, out var decoded, Filters(http)))
                after = decoded;
            else
                errors.Add(new FieldError("cursor", "invalid_cursor", "Not a cursor of this list and these filters."));
        }
        var oldestFirst = false;
        if (sort is not null && http.Request.Query.TryGetValue("sort", out var order))
        {
            oldestFirst = order == sort;
            if (!oldestFirst && order != $"-{sort}")
                errors.Add(new FieldError("sort", "unknown_value", $"One of {sort}, -{sort}."));
        }
        page = new PageQuery(limit, after, oldestFirst);
        problem = errors.Count == 0 ? null : Problem.Malformed(errors);
        return problem is null;
    }

    /// <summary>The rows of this page, in order, and one more where there is a next page.</summary>
    /// <param name="id">Made in the order of time, and no two rows share it.</param>
    public IQueryable<T> Of<T>(IQueryable<T> rows, Expression<Func<T, Guid>> id)
    {
        if (After is { Id: var last })
        {
            // Read through the closure it is a parameter of the statement, not a statement of its own for every page.
            Expression<Func<Guid>> end = () => last;
            var beyond = OldestFirst
                ? Expression.GreaterThan(id.Body, end.Body)
                : Expression.LessThan(id.Body, end.Body);
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(beyond, id.Parameters));
        }
        return Sorted(rows, id).Take(Limit + 1);
    }

    /// <summary>The rows in the order of the page; for what was joined to them.</summary>
    public IQueryable<T> Sorted<T>(IQueryable<T> rows, Expression<Func<T, Guid>> id) =>
        OldestFirst ? rows.OrderBy(id) : rows.OrderByDescending(id);

    /// <summary>Makes the page from up to <c>Limit + 1</c> rows and points with Link to the next one.</summary>
    public Page<T> Answer<T>(HttpContext http, IReadOnlyList<T> rows, Func<T, Cursor> cursorOf)
    {
        if (rows.Count <= Limit)
            return new Page<T>(rows, NextCursor: null);
        var next = Cursor.Encode(cursorOf(rows[Limit - 1]), Filters(http));
        var query = new QueryBuilder(http.Request.Query.Where(p => p.Key != "cursor")) { { "cursor", next } };
        http.Response.Headers.Append("Link", $"<{http.Request.PathBase}{http.Request.Path}{query}>; rel=\"next\"");
        return new Page<T>([.. rows.Take(Limit)], next);
    }

    private static string Filters(HttpContext http) =>
        http.Request.Path
        + string.Concat(
            http.Request.Query.Where(p => p.Key is not ("limit" or "cursor"))
                .OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => $"&{p.Key}={p.Value}")
        );
}

/// <summary>Query parameters from an allow-list.</summary>
public static class Query
{
    /// <summary>The refusal of parameters that are not allowed, or null.</summary>
    public static ProblemHttpResult? Allow(HttpContext http, params IEnumerable<string> names) =>
        Unknown(http, [.. names]).ToList() is { Count: > 0 } errors ? Problem.Malformed(errors) : null;

    internal static IEnumerable<FieldError> Unknown(HttpContext http, IReadOnlyCollection<string> names)
    {
        foreach (var (name, values) in http.Request.Query)
        {
            if (!names.Contains(name))
                yield return new FieldError(name, "unknown_parameter", $"Known are: {string.Join(", ", names)}.");
            else if (values.Count > 1)
                yield return new FieldError(name, "duplicate_parameter", "Given more than once.");
        }
    }
}
