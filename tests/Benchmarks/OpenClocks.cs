using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// Tickets with one open clock each, copied by SQL from a ticket that came in by the API: their clocks have its history with another
/// start, so their steps are due when the start says.
/// </summary>
internal sealed class OpenClocks : IAsyncDisposable
{
    /// <summary>The first warning of the copied clock: half of a resolution's 72 hours.</summary>
    private static readonly TimeSpan FirstStep = TimeSpan.FromHours(36);

    private readonly NpgsqlDataSource _source;
    private readonly MeasuredSystem _system;

    private OpenClocks(NpgsqlDataSource source, MeasuredSystem system) => (_source, _system) = (source, system);

    /// <summary>Ticketing's processes, and PostgreSQL's that work for its database.</summary>
    public IEnumerable<int> Processes =>
        [
            .. _system.All("ticketing").Select(host => host.Pid),
            .. Process
                .GetProcessesByName("postgres")
                .Select(process => process.Id)
                .Where(pid => CommandLine(pid).Contains("bench_ticketing", StringComparison.Ordinal)),
        ];

    /// <param name="number">The ticket that is copied: an ordinary inquiry.</param>
    public static async Task<OpenClocks> Around(string number, MeasuredSystem system, CancellationToken ct)
    {
        var source = NpgsqlDataSource.Create(system.Databases["ticketing"] + ";Command Timeout=600");
        var clocks = new OpenClocks(source, system);
        while (await clocks.Scalar<long>($"SELECT count(*) FROM tickets WHERE number = '{number}'", null, ct) == 0)
            await Task.Delay(100, ct);
        await clocks.Run(
            $"""
            CREATE SCHEMA copied;
            CREATE TABLE copied.ticket AS SELECT * FROM tickets WHERE number = '{number}';
            CREATE TABLE copied.clock AS SELECT c.* FROM sla_clocks c JOIN copied.ticket t ON t.id = c.ticket_id WHERE c.clock = 'resolution';
            UPDATE copied.clock SET breached_at = NULL, fired = ARRAY[]::text[];
            DELETE FROM sla_clocks; DELETE FROM sla_steps;
            """,
            ct
        );
        return clocks;
    }

    /// <summary>As many clocks are open, none due for a day.</summary>
    public async Task Open(int count, CancellationToken ct)
    {
        var there = await Scalar<long>("SELECT count(*) FROM sla_clocks WHERE ended_at IS NULL", null, ct);
        await Add(count - (int)there, TimeProvider.System.GetUtcNow().AddDays(1), TimeSpan.FromDays(1), ct);
        await Run("VACUUM (ANALYZE) sla_clocks", ct);
        await Run("VACUUM (ANALYZE) tickets", ct);
    }

    /// <summary>As many more come due from an instant on, evenly over a time.</summary>
    public Task Due(int count, DateTimeOffset from, TimeSpan over, CancellationToken ct) => Add(count, from, over, ct);

    /// <summary>Returns when as many steps have fired.</summary>
    public async Task Fired(int count, CancellationToken ct)
    {
        while (await Steps(ct) < count)
            await Task.Delay(50, ct);
    }

    public Task<long> Steps(CancellationToken ct) => Scalar<long>("SELECT count(*) FROM sla_steps", null, ct);

    /// <summary>Lines of timelines that tell of a step.</summary>
    public Task<long> Told(CancellationToken ct) =>
        Scalar<long>(
            "SELECT count(*) FROM timeline l JOIN sla_clocks c USING (ticket_id) JOIN sla_steps s ON s.clock_id = c.id WHERE l.kind = 'sla_warning_reached'",
            null,
            ct
        );

    /// <summary>Milliseconds after their time, of the steps that were due since then.</summary>
    public async Task<(double P50, double P99, double Earliest)> Lateness(DateTimeOffset since, CancellationToken ct)
    {
        const string late = "extract(epoch FROM fired_at - due_at)::float8 * 1000";
        await using var command = _source.CreateCommand(
            $"""
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY {late}), percentile_cont(0.99) WITHIN GROUP (ORDER BY {late}), min({late})
            FROM sla_steps WHERE due_at >= $1
            """
        );
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2));
    }

    /// <summary>Microseconds that the timer's question takes, by one connection, the round trip with it.</summary>
    public async Task<double> Look(int times, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var look = new NpgsqlCommand(
            "SELECT min(next_step_at) FROM sla_clocks WHERE next_step_at IS NOT NULL",
            connection
        );
        await look.PrepareAsync(ct);
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            await look.ExecuteScalarAsync(ct);
            taken.Add(Stopwatch.GetElapsedTime(clock).TotalMicroseconds);
        }

        return Figures.Median(taken);
    }

    /// <summary>Claims what is due, 200 rows at a time, on one connection.</summary>
    /// <returns>Rows per second.</returns>
    public async Task<double> Claimed(int count, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var claim = new NpgsqlCommand(
            """
            UPDATE sla_clocks SET next_step_at = NULL WHERE id = ANY (ARRAY(
                SELECT id FROM sla_clocks WHERE next_step_at <= now() ORDER BY next_step_at LIMIT 200 FOR UPDATE SKIP LOCKED))
            """,
            connection
        );
        await claim.PrepareAsync(ct);
        var clock = Stopwatch.StartNew();
        var claimed = 0;
        while (claimed < count)
            claimed += await claim.ExecuteNonQueryAsync(ct);
        return claimed / clock.Elapsed.TotalSeconds;
    }

    /// <summary>The steps that fired, and their clocks, are not there any more; the next measurement begins without them.</summary>
    public async Task Forget(CancellationToken ct)
    {
        await Run(
            "DELETE FROM sla_clocks WHERE id IN (SELECT clock_id FROM sla_steps) OR next_step_at IS NULL; TRUNCATE sla_steps",
            ct
        );
        await using var backlogs = await Backlogs.Of(_system, ct);
        await backlogs.Sent("ticketing", ct);
        await Run("VACUUM sla_clocks", ct);
    }

    public async Task<T> Scalar<T>(string sql, DateTimeOffset? since, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(sql);
        if (since is { } instant)
            command.Parameters.AddWithValue("since", NpgsqlDbType.TimestampTz, instant.UtcDateTime);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task Add(int count, DateTimeOffset from, TimeSpan over, CancellationToken ct)
    {
        var seconds = (over / Math.Max(1, count)).TotalSeconds.ToString("0.000000000", CultureInfo.InvariantCulture);
        var due = $"date_trunc('milliseconds', @from + make_interval(secs => i * {seconds}))";
        var tickets = await Others("ticket", ["id", "number", "request_id"], ct);
        var clocks = await Others("clock", ["id", "ticket_id", "started_at", "due_at", "next_step_at", "entries"], ct);
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"""
            WITH made AS MATERIALIZED (
                SELECT i, gen_random_uuid() AS ticket, {due} AS due FROM generate_series(0, @count - 1) AS i
            ), stored AS (
                INSERT INTO tickets (id, number, request_id, {tickets})
                SELECT ticket, 'B' || ticket, gen_random_uuid(), {tickets} FROM made CROSS JOIN copied.ticket
            )
            INSERT INTO sla_clocks (id, ticket_id, started_at, due_at, next_step_at, entries, {clocks})
            SELECT gen_random_uuid(), made.ticket, due - @first, due + @first, due,
                jsonb_set(entries, ARRAY['0', 'at'], to_jsonb(to_char((due - @first) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))), {clocks}
            FROM made CROSS JOIN copied.clock
            """,
            connection
        );
        command.Parameters.AddWithValue("count", count);
        command.Parameters.AddWithValue("from", from.UtcDateTime);
        command.Parameters.AddWithValue("first", FirstStep);
        await command.ExecuteNonQueryAsync(ct);
    }

    private Task<string> Others(string table, string[] own, CancellationToken ct) =>
        Scalar<string>(
            $"""
            SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
            WHERE table_schema = 'copied' AND table_name = '{table}' AND column_name NOT IN ('{string.Join(
                "', '",
                own
            )}')
            """,
            null,
            ct
        );

    private async Task Run(string sql, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }
}
