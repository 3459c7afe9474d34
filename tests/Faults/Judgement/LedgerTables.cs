using CustomerFeedback.Faults.Load;
using Npgsql;

namespace CustomerFeedback.Faults.Judgement;

/// <summary>A connection to one service's database on which the ledger lies in temporary tables, so that a check is one query.</summary>
internal static class LedgerTables
{
    private const string Make = """
        CREATE TEMP TABLE requested (external_id text, number text, probe boolean);
        CREATE TEMP TABLE said (number text, episode int, kind text);
        CREATE TEMP TABLE answered (number text, episode int, response_id uuid, overall int, nps int, bad boolean);
        """;

    public static async Task<NpgsqlConnection> Open(string service, Ledger ledger)
    {
        var connection = new NpgsqlConnection(LocalSystem.Database(service) + ";Pooling=false");
        try
        {
            await connection.OpenAsync();
            await using var make = new NpgsqlCommand(Make, connection);
            await make.ExecuteNonQueryAsync();
            var probes = ledger.Probes.ToHashSet(StringComparer.Ordinal);
            await Fill(connection, "requested", ledger.Requests, r => [r.Key, r.Value, probes.Contains(r.Value)]);
            await Fill(connection, "said", ledger.Said, s => [s.Number, s.Episode, s.Kind]);
            await Fill(
                connection,
                "answered",
                ledger.Answers,
                a => [a.Number, a.Episode, a.ResponseId, a.Overall, a.Nps, a.Bad]
            );
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task Fill<T>(
        NpgsqlConnection connection,
        string table,
        IEnumerable<T> rows,
        Func<T, object[]> values
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            foreach (var value in values(row))
                await copy.WriteAsync(value);
        }

        await copy.CompleteAsync();
    }
}
