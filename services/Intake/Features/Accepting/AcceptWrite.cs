using CustomerFeedback.Intake.Data;
using Npgsql;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>Everything a batch stores, commit included: one round trip, and a second one where customers change.</summary>
internal static class AcceptWrite
{
    /// <summary>Our own SQLSTATE: a customer was changed by somebody else between reading and writing.</summary>
    public const string CustomerMoved = "CF001";

    public static async Task Rows(AcceptPlan plan, NpgsqlTransaction transaction)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        NpgsqlBatchCommand? update = null;

        if (plan.ChangedCustomers.Count > 0)
        {
            update = AcceptSql.Customers.For(plan.ChangedCustomers, AcceptSql.UpdateCustomers);
            batch.BatchCommands.Add(update);
        }

        Insert(AcceptSql.Customers, plan.NewCustomers);
        Insert(AcceptSql.Requests, plan.Requests);
        Insert(AcceptSql.Texts, plan.Texts);
        Insert(AcceptSql.Keys, plan.Keys);
        Insert(AcceptSql.Outbox, plan.Messages);
        if (update is null)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT")); // there is nothing to look at before it
        await batch.ExecuteNonQueryAsync();
        if (update is null)
            return;

        if (update.RecordsAffected != plan.ChangedCustomers.Count)
        {
            throw new PostgresException(
                "A customer was changed by another transaction.",
                "ERROR",
                "ERROR",
                CustomerMoved
            );
        }

        await transaction.CommitAsync();

        void Insert<T>(BulkInsert<T> table, List<T> rows)
        {
            if (rows.Count > 0)
                batch.BatchCommands.Add(table.For(rows));
        }
    }
}
