using System.Text.Json;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>The people and what lies on their desks, read for a decision about who gets what.</summary>
internal static class Desks
{
    public static async Task<Staff> People(this TicketingDbContext db, CancellationToken ct) =>
        StaffDocuments.People(await db.Staff.AsNoTracking().ToListAsync(ct));

    public static async Task<RoutingRules> CurrentRoutingRules(this TicketingDbContext db, CancellationToken ct)
    {
        var row = await db.RoutingRules.AsNoTracking().OrderByDescending(rules => rules.Version).FirstAsync(ct);
        return new(row.Version, StaffDocuments.Read<List<RoutingRule>>(row.Rules));
    }

    /// <summary>The attributes of a ticket's request that routing rules asked for when it was opened: its first line keeps them.</summary>
    /// <param name="told">Lines that are not stored yet.</param>
    public static async Task<IReadOnlyDictionary<string, string>> RoutedAttributes(
        this TicketingDbContext db,
        Ticket ticket,
        CancellationToken ct,
        IReadOnlyList<TimelineEntry>? told = null
    )
    {
        var details =
            told?.FirstOrDefault(entry => entry.Kind == TimelineEntry.Opened)?.Details
            ?? await db
                .Timeline.AsNoTracking()
                .Where(entry => entry.TicketId == ticket.Id && entry.Kind == TimelineEntry.Opened)
                .Select(entry => entry.Details)
                .FirstOrDefaultAsync(ct);
        return
            details is not null
            && JsonElement.Parse(details).TryGetProperty("routed", out var routed)
            && routed.TryGetProperty("attributes", out var kept)
            ? kept.Deserialize<Dictionary<string, string>>() ?? []
            : RoutingMatch.None;
    }

    /// <summary>Whether a person said last who gets a ticket: neither the rules nor a step of a ladder.</summary>
    /// <param name="told">Lines that are not stored yet.</param>
    public static async Task<bool> WasPlacedByHand(
        this TicketingDbContext db,
        Ticket ticket,
        CancellationToken ct,
        IReadOnlyList<TimelineEntry>? told = null
    )
    {
        var last =
            told?.LastOrDefault(entry => TimelineEntry.HandedOver.Contains(entry.Kind))
            ?? await db
                .Timeline.AsNoTracking()
                .Where(entry => entry.TicketId == ticket.Id && TimelineEntry.HandedOver.Contains(entry.Kind))
                .OrderByDescending(entry => entry.Seq)
                .FirstOrDefaultAsync(ct);
        return last is { Kind: not TimelineEntry.Automatic, By: not TimelineEntry.System };
    }

    /// <summary>
    /// How long everybody has been idle and, of those whose capacity is limited, how much they have. Their rows stay locked until the end of the
    /// transaction, in order of id, so that two replicas never fill the same gap; people without a limit are never waited for.
    /// </summary>
    public static async Task<Workload> Workload(this TicketingDbContext db, Staff staff, CancellationToken ct)
    {
        var limited = staff.Agents.Where(agent => agent.Capacity is not null).Select(agent => agent.Id).ToArray();
        var units = limited.Length == 0 ? [] : await db.OpenUnits(limited, ct);
        var idle = await db.Activity.AsNoTracking().ToDictionaryAsync(a => a.Agent, a => a.LastAssignedAt, ct);
        return new(units, idle);
    }

    /// <summary>Notes who was given something. Last of all in a transaction: other replicas wait for these rows until it commits.</summary>
    public static Task NoteGiven(this TicketingDbContext db, Workload load, CancellationToken ct) =>
        db.NoteGiven(load.Given, ct);

    /// <inheritdoc cref="NoteGiven(TicketingDbContext, Workload, CancellationToken)"/>
    public static Task NoteGiven(
        this TicketingDbContext db,
        IReadOnlyDictionary<string, DateTimeOffset> given,
        CancellationToken ct
    )
    {
        if (given.Count == 0)
            return Task.CompletedTask;
        var agents = given.Keys.Order(StringComparer.Ordinal).ToArray();
        var times = agents.Select(agent => given[agent]).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agent_activity (agent, last_assigned_at)
            SELECT * FROM unnest({agents}, {times}) AS given (agent, at)
            ON CONFLICT (agent) DO UPDATE SET last_assigned_at = greatest(agent_activity.last_assigned_at, excluded.last_assigned_at)
            """,
            ct
        );
    }

    private static async Task<Dictionary<string, int>> OpenUnits(
        this TicketingDbContext db,
        string[] agents,
        CancellationToken ct
    )
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM staff WHERE kind = 'agent' AND id = ANY ({agents}) ORDER BY id FOR NO KEY UPDATE",
            ct
        );
        var open = await db
            .Database.SqlQueryRaw<OpenWork>(
                $"""
                SELECT assignee, sum(CASE WHEN complex THEN 2 ELSE 1 END)::int AS units FROM tickets
                WHERE assignee = ANY (@agents) AND status IN {TicketModel.OpenStates} GROUP BY assignee
                """,
                new NpgsqlParameter("agents", agents)
            )
            .ToListAsync(ct);
        return open.ToDictionary(work => work.Assignee, work => work.Units);
    }

    private sealed record OpenWork(string Assignee, int Units);
}
