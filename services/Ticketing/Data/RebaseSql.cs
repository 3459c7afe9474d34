using System.Runtime.CompilerServices;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Finds the open clocks whose pinned versions are older than the present ones, without reading those that have ended.</summary>
internal static class RebaseSql
{
    /// <summary>
    /// An open clock that is not judged has a step ahead of it, and so a place in the timer's index, or it stands still because its
    /// ticket waits; both sets are as small as the work at hand. Braces are the parameters of <see cref="Parameters"/>.
    /// </summary>
    private const string Stale = """
        WITH open_clocks AS (
            SELECT * FROM sla_clocks WHERE next_step_at IS NOT NULL
            UNION ALL
            SELECT c.* FROM tickets t JOIN sla_clocks c ON c.ticket_id = t.id AND c.next_step_at IS NULL
            WHERE t.status IN ('waiting_customer', 'waiting_collaboration')
        ), stale AS (
            SELECT c.ticket_id FROM open_clocks c
            WHERE c.ended_at IS NULL AND c.breached_at IS NULL AND c.subject IS NULL
                AND EXISTS (
                    SELECT FROM unnest({0}::text[], {1}::int[], {7}::text[], {2}::int[])
                        AS p (id, version, calendar, calendar_version)
                    WHERE p.id = c.policy_id AND (c.policy_version < p.version OR (c.policy_version = p.version
                        AND c.calendar_id = p.calendar AND c.calendar_version < p.calendar_version))
                )
                AND ({3} OR c.calendar_id = {4}) AND ({5} OR c.ticket_id = ANY ({6}))
        )
        """;

    /// <summary>The next tickets with such a clock, in order of their ids.</summary>
    public static Task<List<Guid>> StaleTickets(
        this TicketingDbContext db,
        RebaseScope scope,
        Guid[]? tickets,
        Guid after,
        int most,
        CancellationToken ct
    ) =>
        db
            .Database.SqlQuery<Guid>(
                FormattableStringFactory.Create(
                    Stale
                        + """SELECT DISTINCT ticket_id AS "Value" FROM stale WHERE ticket_id > {8} ORDER BY 1 LIMIT {9}""",
                    [.. Parameters(scope, tickets), after, most]
                )
            )
            .ToListAsync(ct);

    /// <summary>How many such clocks there are, of how many tickets.</summary>
    public static Task<StaleClocks> CountStale(
        this TicketingDbContext db,
        RebaseScope scope,
        Guid[]? tickets,
        CancellationToken ct
    ) =>
        db
            .Database.SqlQuery<StaleClocks>(
                FormattableStringFactory.Create(
                    Stale
                        + """SELECT count(DISTINCT ticket_id)::int AS "Tickets", count(*)::int AS "Clocks" FROM stale""",
                    Parameters(scope, tickets)
                )
            )
            .SingleAsync(ct);

    /// <summary>Locks tickets in one order, whoever does it, and reads them after the lock.</summary>
    public static async Task<IReadOnlyList<Ticket>> LockedInOrder(
        this TicketingDbContext db,
        Guid[] ids,
        CancellationToken ct
    )
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM tickets WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE", ct);
        return await db.Locked(ids, ct);
    }

    private static object[] Parameters(RebaseScope scope, Guid[]? tickets)
    {
        // A policy may name calendars of their own for single clocks: one line for each that it uses.
        var present = scope
            .Present.Where(terms => scope.Policy is null || scope.Policy == terms.Pin.PolicyId)
            .SelectMany(terms => Enum.GetValues<ClockName>().Select(clock => terms.Of(clock).Pin).Append(terms.Pin))
            .Distinct()
            .ToList();
        return
        [
            present.Select(pin => pin.PolicyId).ToArray(),
            present.Select(pin => pin.PolicyVersion).ToArray(),
            present.Select(pin => pin.CalendarVersion).ToArray(),
            scope.Calendar is null,
            scope.Calendar ?? "",
            tickets is null,
            tickets ?? [],
            present.Select(pin => pin.CalendarId).ToArray(),
        ];
    }
}

/// <summary>Clocks pinned to older versions.</summary>
internal sealed record StaleClocks(int Tickets, int Clocks);
