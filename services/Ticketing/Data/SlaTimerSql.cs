using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>The timer's SQL, by hand: a batch is claimed in one round trip, read in one and written in one, whatever its size.</summary>
internal static class SlaTimerSql
{
    /// <summary>
    /// All that the timer asks while nothing is due, in one trip: what has been published, and the next instant at which a step is due, which is
    /// the first entry of a partial index, however many clocks are open.
    /// </summary>
    public static Task<TimerLook> Look(this TicketingDbContext db, CancellationToken ct) =>
        db
            .Database.SqlQuery<TimerLook>(
                $"""
                SELECT (SELECT count(*) FROM sla_policies) + (SELECT count(*) FROM sla_calendars) AS "Published",
                    (SELECT min(next_step_at) FROM sla_clocks WHERE next_step_at IS NOT NULL) AS "NextStep"
                """
            )
            .SingleAsync(ct);

    /// <summary>
    /// Locks tickets with a due step, earliest first, passing over those that somebody else is at: a command settles its own
    /// ticket, another replica's timer fires its own batch. The ticket's row is locked first, here as in every command.
    /// </summary>
    public static async Task<List<Ticket>> ClaimDue(
        this TicketingDbContext db,
        DateTimeOffset now,
        int limit,
        Guid[] except,
        CancellationToken ct
    )
    {
        var claimed = await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT t.id AS "Value" FROM sla_clocks c JOIN tickets t ON t.id = c.ticket_id
                WHERE c.next_step_at <= {now} AND c.ticket_id <> ALL ({except})
                ORDER BY c.next_step_at LIMIT {limit} FOR UPDATE OF t SKIP LOCKED
                """
            )
            .ToListAsync(ct);
        // EF cannot read a ticket's parts from a statement of ours; the lock holds for both statements.
        var tickets = await db
            .Tickets.AsNoTracking()
            .Where(t => claimed.Contains(t.Id))
            .ToDictionaryAsync(t => t.Id, ct);
        return [.. claimed.Distinct().Select(id => tickets[id])];
    }

    /// <summary>The due clocks of locked tickets, read after the lock: what a command changed meanwhile is seen.</summary>
    public static async Task<ILookup<Guid, SlaClockRow>> DueClocks(
        this TicketingDbContext db,
        IReadOnlyList<Ticket> tickets,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var ids = tickets.Select(ticket => ticket.Id).ToArray();
        var rows = await db
            .Clocks.AsNoTracking()
            .Where(clock => ids.Contains(clock.TicketId) && clock.NextStepAt <= now)
            .ToListAsync(ct);
        return rows.ToLookup(row => row.TicketId);
    }

    /// <summary>Stores what fired, in the transaction of the claim.</summary>
    public static async Task StoreFired(this TicketingDbContext db, FiredSteps fired, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        batch.Transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        Add(
            batch,
            """
            UPDATE sla_clocks c SET breached_at = f.breached_at, next_step_at = f.next_step_at, fired = string_to_array(f.fired, ' ')
            FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[]) AS f (id, breached_at, next_step_at, fired)
            WHERE c.id = f.id
            """,
            fired.Clocks.Select(clock => clock.Id).ToArray(),
            fired.Clocks.Select(clock => clock.BreachedAt?.UtcDateTime).ToArray(),
            fired.Clocks.Select(clock => clock.NextStepAt?.UtcDateTime).ToArray(),
            fired.Clocks.Select(clock => string.Join(' ', clock.Fired.Order(StringComparer.Ordinal))).ToArray()
        );
        // No ON CONFLICT: a step that fired before is a bug, and stops the batch.
        Add(
            batch,
            """
            INSERT INTO sla_steps (clock_id, step, due_at, fired_at)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
            """,
            fired.Steps.Select(step => step.ClockId).ToArray(),
            fired.Steps.Select(step => step.Step).ToArray(),
            fired.Steps.Select(step => step.DueAt.UtcDateTime).ToArray(),
            fired.Steps.Select(step => step.FiredAt.UtcDateTime).ToArray()
        );
        Add(
            batch,
            """
            UPDATE tickets t SET event_version = f.event_version, entries = f.entries, breached = t.breached OR f.breached
            FROM unnest($1::uuid[], $2::int[], $3::int[], $4::bool[]) AS f (id, event_version, entries, breached)
            WHERE t.id = f.id
            """,
            fired.Tickets.Select(ticket => ticket.Id).ToArray(),
            fired.Tickets.Select(ticket => ticket.EventVersion).ToArray(),
            fired.Tickets.Select(ticket => ticket.Entries).ToArray(),
            fired.Tickets.Select(ticket => ticket.Breached).ToArray()
        );
        Add(
            batch,
            """
            INSERT INTO timeline (ticket_id, seq, at, "by", kind, status, episode, details)
            SELECT id, seq, at, "by", kind, status, episode, details::jsonb
            FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[])
                AS f (id, seq, at, "by", kind, status, episode, details)
            """,
            fired.Lines.Select(line => line.TicketId).ToArray(),
            fired.Lines.Select(line => line.Seq).ToArray(),
            fired.Lines.Select(line => line.At.UtcDateTime).ToArray(),
            fired.Lines.Select(line => line.By).ToArray(),
            fired.Lines.Select(line => line.Kind).ToArray(),
            fired.Lines.Select(line => Word.Of(line.Status)).ToArray(),
            fired.Lines.Select(line => line.Episode).ToArray(),
            fired.Lines.Select(line => line.Details).ToArray()
        );
        Add(
            batch,
            OutboxRow.InsertSql,
            fired.Events.Select(row => row.Id).ToArray(),
            fired.Events.Select(row => row.Type).ToArray(),
            fired.Events.Select(row => row.Body).ToArray(),
            fired.Events.Select(row => row.Headers).ToArray(),
            fired.Events.Select(row => row.Subject).ToArray()
        );
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> arrays)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var array in arrays)
            command.Parameters.Add(Parameter(array));
        batch.BatchCommands.Add(command);
    }

    // Left to itself, Npgsql takes an array that begins with null for timestamps without a zone, and refuses the instants behind it.
    private static NpgsqlParameter Parameter(object array) =>
        array is DateTime?[] or DateTime[]
#pragma warning disable S3265 // not marked as flags, but this is how Npgsql writes "array of"
            ? new() { Value = array, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz }
#pragma warning restore S3265
            : new() { Value = array };
}

/// <param name="Published">Policies and calendars, all versions.</param>
/// <param name="NextStep">Null while no clock has a step before it.</param>
internal sealed record TimerLook(long Published, DateTimeOffset? NextStep);

/// <summary>What a batch of the timer leaves behind.</summary>
internal sealed record FiredSteps(
    List<Ticket> Tickets,
    List<SlaClock> Clocks,
    List<SlaStepRow> Steps,
    List<TimelineEntry> Lines,
    List<OutboxRow> Events
)
{
    public FiredSteps()
        : this([], [], [], [], []) { }
}
