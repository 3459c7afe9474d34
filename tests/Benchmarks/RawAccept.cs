using Npgsql;
using NpgsqlTypes;

namespace CustomerFeedback.Benchmarks;

/// <summary>The baseline of accepting: one statement that inserts a 600-byte request row and a 600-byte outbox row, a commit each.</summary>
internal sealed class RawAccept(string connectionString)
{
    private static readonly string Text = new('x', 600);

    public async Task Prepare()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var create = source.CreateCommand(
            """
            CREATE TABLE IF NOT EXISTS raw_request (id uuid PRIMARY KEY, body text NOT NULL);
            CREATE TABLE IF NOT EXISTS raw_outbox (id uuid PRIMARY KEY, body text NOT NULL);
            """
        );
        await create.ExecuteNonQueryAsync();
    }

    /// <returns>Accepts per second.</returns>
    public async Task<double> Run(int connections, TimeSpan duration)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = connections }
        );
        var opened = new List<NpgsqlConnection>();
        for (var i = 0; i < connections; i++)
            opened.Add(await source.OpenConnectionAsync());

        var rate = await Load.Saturate(
            connections,
            duration,
            i =>
            {
                var insert = new NpgsqlCommand(
                    "WITH r AS (INSERT INTO raw_request VALUES ($1, $2)) INSERT INTO raw_outbox VALUES ($1, $2)",
                    opened[i]
                );
                insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid });
                insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = Text });
                insert.Prepare();
                return () =>
                {
                    insert.Parameters[0].Value = Guid.CreateVersion7();
                    return insert.ExecuteNonQueryAsync();
                };
            }
        );
        foreach (var connection in opened)
            await connection.DisposeAsync();
        return rate;
    }
}
