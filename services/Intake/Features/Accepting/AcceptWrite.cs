using CustomerFeedback.Intake.Data;
using Npgsql;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>Everything a batch stores, in one round trip.</summary>
internal static class AcceptWrite
{
    /// <summary>Our own SQLSTATE: a customer was changed by somebody else between reading and writing.</summary>
    public const string CustomerMoved = "CF001";

    public static async Task Rows(NpgsqlConnection connection, AcceptPlan plan)
    {
        await using var batch = new NpgsqlBatch(connection);
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
        await batch.ExecuteNonQueryAsync();

        if (update is not null && update.RecordsAffected != plan.ChangedCustomers.Count)
        {
            throw new PostgresException(
                "A customer was changed by another transaction.",
                "ERROR",
                "ERROR",
                CustomerMoved
            );
        }

        void Insert<T>(BulkInsert<T> table, List<T> rows)
        {
            if (rows.Count > 0)
                batch.BatchCommands.Add(table.For(rows));
        }
    }
}
