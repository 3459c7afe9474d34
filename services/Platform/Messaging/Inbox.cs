using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>That a message has been handled by a consumer: written in the handler's own transaction, so it is true or absent.</summary>
internal sealed class InboxRow
{
    public Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public DateTimeOffset HandledAt { get; init; }
}

/// <summary>The effect of a message happens once, however often it is delivered.</summary>
public static class Inbox
{
    // A handler's work goes on when the broker's connection is lost: it is wanted, and its repetition will find it done. (Cancelled, the
    // message would be moved to the error queue by the very connection that is gone, whose end waits for this handler.)
    private static readonly CancellationToken Finish = CancellationToken.None;

    private const string InsertSql =
        "INSERT INTO messaging.inbox (message_id, consumer) SELECT id, $1 FROM unnest($2) AS m(id) ORDER BY id "
        + "ON CONFLICT DO NOTHING RETURNING message_id";

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction with the note that the message is handled, saves and commits. A message that was handled
    /// before is acknowledged with no output. Throwing leaves no trace; the message is retried with a fresh change tracker and then parked.
    /// </summary>
    public static Task HandleOnce<T>(this DbContext db, ConsumeContext<T> context, Func<CancellationToken, Task> work)
        where T : class => db.HandleOnce([context], QueueOf(context), (_, ct) => work(ct), Finish);

    /// <summary>The same for a batch: <paramref name="work"/> gets the messages that are new to this consumer, in order of arrival.</summary>
    public static async Task HandleOnce<T>(
        this DbContext db,
        ConsumeContext<Batch<T>> batch,
        Func<IReadOnlyList<ConsumeContext<T>>, CancellationToken, Task> work
    )
        where T : class
    {
        var consumer = QueueOf(batch);
        var messages = batch.Message.ToList();
        try
        {
            await db.HandleOnce(messages, consumer, work, Finish);
        }
        catch (Exception whole) when (messages.Count > 1 && !Outage.IsCauseOf(whole))
        {
            // One bad message must not hold its neighbours back: each has its own try, and only the failing ones end up parked
            // (the parker drops what the inbox knows as handled).
            List<Exception> failures = [];
            foreach (var message in messages)
            {
                try
                {
                    await db.HandleOnce([message], consumer, work, Finish);
                }
                catch (Exception e)
                {
                    failures.Add(e);
                }
            }

            if (failures.Count > 0)
                throw new AggregateException($"{failures.Count} of {messages.Count} messages failed.", failures);
        }
    }

    private static Task<int> HandleOnce<T>(
        this DbContext db,
        List<ConsumeContext<T>> messages,
        string consumer,
        Func<IReadOnlyList<ConsumeContext<T>>, CancellationToken, Task> work,
        CancellationToken ct
    )
        where T : class =>
        Outage.Ask(db.Database.GetConnectionString()!, () => db.Handle(messages, consumer, work, ct));

    private static async Task<int> Handle<T>(
        this DbContext db,
        List<ConsumeContext<T>> messages,
        string consumer,
        Func<IReadOnlyList<ConsumeContext<T>>, CancellationToken, Task> work,
        CancellationToken ct
    )
        where T : class
    {
        db.ChangeTracker.Clear(); // what a failed attempt left behind must not be saved by this one
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = messages.Select(IdOf).Distinct().ToArray();
        var unseen = await Note(db, transaction, consumer, ids, ct);
        var of = new KeyValuePair<string, object?>("consumer", consumer);
        if (unseen.Count < messages.Count)
            Metrics.Duplicates.Add(messages.Count - unseen.Count, of);
        if (messages.Count(m => m.ReceiveContext.Redelivered) is > 0 and var again)
            Metrics.Redelivered.Add(again, of);
        if (unseen.Count == 0)
            return 0;

        var handled = messages.Where(m => unseen.Remove(IdOf(m))).ToList();
        await work(handled, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return handled.Count;
    }

    private static async Task<HashSet<Guid>> Note(
        DbContext db,
        IDbContextTransaction transaction,
        string consumer,
        Guid[] ids,
        CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(InsertSql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Transaction = (NpgsqlTransaction)transaction.GetDbTransaction();
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await command.PrepareAsync(ct); // planned once per connection: every consumer of the service begins with it
        await using var reader = await command.ExecuteReaderAsync(ct);
        HashSet<Guid> unseen = [];
        while (await reader.ReadAsync(ct))
            unseen.Add(reader.GetGuid(0));
        return unseen;
    }

    private static Guid IdOf(MessageContext message) =>
        message.MessageId
        ?? throw new InvalidOperationException("A message without an id cannot be told from its repetition.");

    private static string QueueOf(ConsumeContext context) => context.ReceiveContext.InputAddress.Segments[^1];
}
