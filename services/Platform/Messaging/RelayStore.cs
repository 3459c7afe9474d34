using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace CustomerFeedback.Messaging;

/// <summary>A row in this relay's hands until <paramref name="Until"/> (of the monotonic clock).</summary>
internal sealed record Claimed(
    Guid Id,
    string Type,
    byte[] Body,
    string Headers,
    string? Subject,
    string? Queue,
    DateTime CreatedAt,
    int Epoch,
    long Until
);

/// <summary>What became of a claimed row: gone, or given back for another try after <paramref name="Delay"/>.</summary>
internal readonly record struct Settled(Claimed Row, bool Sent, TimeSpan Delay);

/// <summary>The relay's own connection to the outbox: settles and claims in one round trip.</summary>
internal sealed class RelayStore(string database, RelayOptions options) : IAsyncDisposable
{
    internal const string NotifyChannel = "messaging_outbox";

    // By the key alone, one statement per lease epoch (nearly always the first): joined with a list of ids, a table that the statistics
    // still hold for empty would be walked from end to end for every batch.
    private const string DeleteSql =
        "DELETE FROM messaging.outbox WHERE id = ANY ($1) AND lease_epoch = $2 AND lease_owner = $3";

    private const string ReleaseSql =
        "UPDATE messaging.outbox SET locked_until = now() + $4, lease_owner = NULL "
        + "WHERE id = ANY ($1) AND lease_epoch = $2 AND lease_owner = $3";

    // By state: whatever is due and nobody holds. $3 only spares the walk over entries that this relay has just removed from the
    // front of the index and vacuum has not; every second, and whenever a claim comes back short, it is -infinity.
    private const string ClaimSql =
        "UPDATE messaging.outbox SET locked_until = now() + $1, lease_owner = $2, lease_epoch = lease_epoch + 1 "
        + "WHERE ctid = ANY (ARRAY(SELECT ctid FROM messaging.outbox WHERE locked_until <= now() AND locked_until >= $3 "
        + "ORDER BY locked_until LIMIT $4 FOR UPDATE SKIP LOCKED)) "
        + "RETURNING id, type, body, headers, subject, queue, created_at, lease_epoch";

    private static readonly TimeSpan FloorAge = TimeSpan.FromSeconds(1);

    private readonly Guid _owner = Guid.CreateVersion7();
    private NpgsqlConnection? _connection;
    private DateTime _floor = DateTime.MinValue;
    private long _floorSince;
    private long _notified;

    /// <summary>Removes what was sent, gives back what was not, and leases up to <paramref name="room"/> rows that are due.</summary>
    public async Task<List<Claimed>> Turn(
        IReadOnlyList<Settled> settled,
        int room,
        Action<int> fenced,
        CancellationToken ct
    )
    {
        try
        {
            _connection ??= await Open(ct);
            await using var batch = new NpgsqlBatch(_connection);
            var (sent, deletes) = Settle(batch, settled);
            var until = Stopwatch.GetTimestamp() + (long)(options.Lease.TotalSeconds * Stopwatch.Frequency);
            if (room > 0)
                batch.BatchCommands.Add(Command(ClaimSql, options.Lease, _owner, Floor(), room));
            if (batch.BatchCommands.Count == 0)
                return [];

            List<Claimed> rows = new(Math.Max(room, 0));
            await using (var reader = await batch.ExecuteReaderAsync(ct))
            {
                do
                {
                    while (await reader.ReadAsync(ct))
                        rows.Add(Read(reader, until));
                } while (await reader.NextResultAsync(ct));
            }

            var removed = Enumerable.Range(0, deletes).Sum(i => batch.BatchCommands[i].RecordsAffected);
            if (removed < sent)
                fenced(sent - removed);
            RaiseFloor(rows, room);
            if (room > 0 && rows.Count == room)
                await CallOthers(ct);
            return rows;
        }
        catch (Exception)
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync();
    }

    /// <summary>Adds the removals first, then what is given back; says how many rows were sent and how many statements remove them.</summary>
    private (int Sent, int Deletes) Settle(NpgsqlBatch batch, IReadOnlyList<Settled> settled)
    {
        var sent = settled.Where(s => s.Sent).GroupBy(s => s.Row.Epoch, s => s.Row.Id).ToList();
        foreach (var rows in sent)
            batch.BatchCommands.Add(Command(DeleteSql, rows.ToArray(), rows.Key, _owner));
        foreach (var rows in settled.Where(s => !s.Sent).GroupBy(s => (s.Row.Epoch, s.Delay), s => s.Row.Id))
            batch.BatchCommands.Add(Command(ReleaseSql, rows.ToArray(), rows.Key.Epoch, _owner, rows.Key.Delay));
        return (settled.Count(s => s.Sent), sent.Count);
    }

    /// <summary>A full claim says that there is more than one relay's share: the others need not wait for their poll.</summary>
    private async Task CallOthers(CancellationToken ct)
    {
        if (_notified != 0 && Stopwatch.GetElapsedTime(_notified) < FloorAge)
            return;
        _notified = Stopwatch.GetTimestamp();
        await using var notify = new NpgsqlCommand("NOTIFY " + NotifyChannel, _connection);
        await notify.ExecuteNonQueryAsync(ct);
    }

    private DateTime Floor()
    {
        if (Stopwatch.GetElapsedTime(_floorSince) > FloorAge)
            _floor = DateTime.MinValue; // -infinity
        return _floor;
    }

    private void RaiseFloor(List<Claimed> rows, int room)
    {
        if (room == 0)
            return;
        if (_floor == DateTime.MinValue)
            _floorSince = Stopwatch.GetTimestamp();
        _floor = rows.Count == room ? rows.Max(r => r.CreatedAt) : DateTime.MinValue;
    }

    private async Task<NpgsqlConnection> Open(CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(database)
        {
            Pooling = false,
            ApplicationName = "relay",
            CommandTimeout = 10,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
        };
        // A claim or a removal that a database crash forgets is repeated; the rows themselves were committed durably by their writers.
        // The plans are made once, perhaps over an empty table, and must fit a million rows.
        settings.Options += " -c synchronous_commit=off -c enable_seqscan=off -c enable_sort=off -c jit=off";
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(
                value is DateTime floor
                    ? new NpgsqlParameter { Value = floor, NpgsqlDbType = NpgsqlDbType.TimestampTz }
                    : new NpgsqlParameter { Value = value }
            );
        return command;
    }

    private static Claimed Read(NpgsqlDataReader row, long until) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.GetFieldValue<byte[]>(2),
            row.GetString(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.GetDateTime(6),
            row.GetInt32(7),
            until
        );
}
