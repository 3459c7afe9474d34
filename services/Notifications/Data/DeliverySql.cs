using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Notifications.Data;

/// <summary>The statements that any number of replicas can run at once.</summary>
internal static class DeliverySql
{
    /// <summary>Stores what is new; what was there already stays as it is. The number of new ones.</summary>
    public static Task<int> Enqueue(
        this NotificationsDbContext db,
        IReadOnlyCollection<DeliveryRow> rows,
        CancellationToken ct
    )
    {
        T[] Each<T>(Func<DeliveryRow, T> read) => [.. rows.Select(read)];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO deliveries (id, source, template, recipient, customer_id, number, invitation_id, purpose, "values", channel,
                language, state, attempts, claims, next_try_at, created_at)
            SELECT id, source, template, recipient, customer_id, number, invitation_id, purpose, "values"::jsonb, channel,
                language, {DeliveryState.Queued}, 0, 0, first_try_at, at
            FROM unnest({Each(r => r.Id)}, {Each(r => r.Source)}, {Each(r => r.Template)}, {Each(r => r.Recipient)},
                {Each(r => r.CustomerId)}, {Each(r => r.Number)}, {Each(r => r.InvitationId)}, {Each(r => r.Purpose)},
                {Each(r => r.Values)}, {Each(r => r.Channel)}, {Each(r => r.Language)}, {Each(r =>
                r.NextTryAt ?? r.CreatedAt
            )},
                {Each(r => r.CreatedAt)})
                AS d (id, source, template, recipient, customer_id, number, invitation_id, purpose, "values", channel, language,
                    first_try_at, at)
            ORDER BY source, template, recipient
            ON CONFLICT (source, template, recipient) DO NOTHING
            """,
            ct
        );
    }

    /// <summary>Takes what is due for the length of a lease; what another replica is taking is passed over.</summary>
    public static async Task<IReadOnlyList<DeliveryRow>> Claim(
        this NotificationsDbContext db,
        int most,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken ct
    ) =>
        await db
            .Deliveries.FromSql(
                $"""
                UPDATE deliveries d SET state = {DeliveryState.Sending}, claims = d.claims + 1, next_try_at = {now
                    + lease}
                FROM (SELECT id FROM deliveries WHERE next_try_at <= {now} ORDER BY next_try_at LIMIT {most}
                    FOR UPDATE SKIP LOCKED) due
                WHERE d.id = due.id RETURNING d.*
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);

    /// <summary>When something is due next; null when nothing waits.</summary>
    public static Task<DateTimeOffset?> NextTry(this NotificationsDbContext db, CancellationToken ct) =>
        db.Deliveries.Where(d => d.NextTryAt != null).MinAsync(d => d.NextTryAt, ct);

    /// <summary>
    /// Writes down what came of a try and what is told of it, in one statement and one trip: all of it or nothing. False where the lease had
    /// passed to another worker.
    /// </summary>
    /// <param name="told">The event; null where there is nothing to tell yet.</param>
    public static async Task<bool> Settle(
        this NotificationsDbContext db,
        DeliveryRow taken,
        Settlement settled,
        string? channel,
        string? language,
        string? adapter,
        string? maskedRecipient,
        DateTimeOffset now,
        OutboxRow? told,
        CancellationToken ct
    )
    {
        DateTimeOffset? endedAt = settled.IsFinal ? now : null;
        var isTold = told is not null;
        // Not composed further: a statement that changes something cannot be a part of another.
        var count = await db
            .Database.SqlQuery<long>(
                $"""
                WITH mine AS (
                    UPDATE deliveries SET state = {settled.State}, reason = {settled.Reason}, attempts = {settled.Attempts},
                        next_try_at = {settled.NextTryAt}, ended_at = {endedAt}, channel = coalesce({channel}, channel),
                        language = coalesce({language}, language), adapter = coalesce({adapter}, adapter),
                        masked_recipient = coalesce({maskedRecipient}, masked_recipient)
                    WHERE id = {taken.Id} AND claims = {taken.Claims} AND state = {DeliveryState.Sending} RETURNING id),
                told AS (
                    INSERT INTO messaging.outbox (id, type, body, headers, subject)
                    SELECT {told?.Id}::uuid, {told?.Type}::text, {told?.Body}::bytea, {told?.Headers}::text, {told?.Subject}::text FROM mine
                    WHERE {isTold})
                SELECT count(*) AS "Value" FROM mine
                """
            )
            .ToListAsync(ct);
        return count[0] == 1;
    }
}
