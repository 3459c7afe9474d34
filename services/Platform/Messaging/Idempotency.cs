using CustomerFeedback.ApiDocs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>A creating POST may be repeated with the same <c>Idempotency-Key</c>: it happens once and is answered alike.</summary>
public static class Idempotency
{
    /// <summary>
    /// Runs the handler in a transaction of <typeparamref name="TDb"/>, holds its answer back, stores it with the effect, commits, and only then answers.
    /// A refusal (4xx) is not stored; an exception undoes everything. Without the header the handler runs as it is.
    /// </summary>
    public static RouteHandlerBuilder WithIdempotency<TDb>(this RouteHandlerBuilder route)
        where TDb : DbContext
    {
        // Around the whole endpoint, not a filter inside it: the raw bytes are gone once arguments are bound.
        route.Add(endpoint =>
        {
            var handler = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http =>
                http.Request.Headers.ContainsKey(IdempotencyKey.Header) ? Once<TDb>(http, handler) : handler(http);
        });
        return route.TakesIdempotencyKey();
    }

    private static async Task Once<TDb>(HttpContext http, RequestDelegate handler)
        where TDb : DbContext
    {
        var ct = http.RequestAborted;
        var request = await Buffer(http.Request, ct);
        if (!IdempotencyKey.TryRead(http, request, out var key, out var problem))
        {
            await problem!.ExecuteAsync(http);
            return;
        }

        var db = http.RequestServices.GetRequiredService<TDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (mine, first) = await LockAndFind(db, transaction, key!, ct);
        if (first is not null)
        {
            await transaction.RollbackAsync(ct);
            await first.Answer(http, key!);
        }
        else if (!mine)
        {
            await transaction.RollbackAsync(ct);
            await IdempotencyKey.InFlight(http).ExecuteAsync(http);
        }
        else
        {
            await Run(http, handler, db, transaction, key!);
        }
    }

    private static async Task Run(
        HttpContext http,
        RequestDelegate handler,
        DbContext db,
        IDbContextTransaction transaction,
        IdempotencyKey key
    )
    {
        var ct = http.RequestAborted;
        var line = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
        try
        {
            await handler(http);
            await http.Response.BodyWriter.FlushAsync(ct);
        }
        finally
        {
            http.Features.Set(line);
        }

        var body = held.ToArray();
        if (http.Response.StatusCode < StatusCodes.Status400BadRequest)
            db.Add(StoredAnswer.Of(key, http.Response, body));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None); // the outcome of a commit is worth waiting for
        if (body.Length > 0)
            await line.Stream.WriteAsync(body, ct);
    }

    private static async Task<(bool Mine, StoredAnswer? First)> LockAndFind(
        DbContext db,
        IDbContextTransaction transaction,
        IdempotencyKey key,
        CancellationToken ct
    )
    {
        // Two statements in one round trip: the second sees what was committed before the lock was free.
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        batch.Transaction = (NpgsqlTransaction)transaction.GetDbTransaction();
        batch.BatchCommands.Add(Command(IdempotencyKey.LockSql, new[] { key.Lock }));
        batch.BatchCommands.Add(Command(StoredAnswer.FindSql, new[] { key.Id }));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var mine = reader.GetBoolean(1);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            return (mine, null);

        return (
            mine,
            new StoredAnswer
            {
                Id = reader.GetFieldValue<byte[]>(0),
                RequestHash = reader.GetFieldValue<byte[]>(1),
                Status = reader.GetInt32(2),
                Headers = reader.GetString(3),
                Body = reader.GetFieldValue<byte[]>(4),
            }
        );
    }

    private static NpgsqlBatchCommand Command(string sql, object value) =>
        new(sql) { Parameters = { new NpgsqlParameter { Value = value } } };

    private static async Task<byte[]> Buffer(HttpRequest request, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, ct);
        var bytes = copy.ToArray();
        request.Body = new MemoryStream(bytes);
        return bytes;
    }
}
