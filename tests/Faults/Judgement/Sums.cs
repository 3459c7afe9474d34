namespace CustomerFeedback.Faults.Judgement;

/// <summary>The rollups, recomputed from the owners' own tables: key = measure and bin, value = count and sum.</summary>
internal static class Sums
{
    private const string Rating = "jsonb_each(answers) AS a (question, answer)";

    public static readonly Comparison[] OfResponses =
    [
        new(
            "sums of the answers",
            "survey",
            $"""
            WITH r AS (SELECT id, answers FROM responses WHERE questionnaire_id = 'ticket-satisfaction' AND NOT 'duplicate' = ANY (flags)),
            rated AS (
                SELECT id, question, (answer ->> 'value')::numeric AS value FROM r, {Rating}
                WHERE question IN ('attitude', 'efficiency', 'expertise', 'clarity', 'overall') AND answer ->> 'value' IS NOT NULL),
            observed (measure, bin, value) AS (
                SELECT 'responses', 0, 0 FROM r
                UNION ALL SELECT 'nps', (answers -> 'nps' ->> 'value')::int, (answers -> 'nps' ->> 'value')::numeric FROM r
                UNION ALL SELECT 'solved', (answers -> 'solved' ->> 'value')::int, (answers -> 'solved' ->> 'value')::numeric FROM r
                UNION ALL SELECT 'score:' || question || '@5', value::int, value FROM rated
                UNION ALL SELECT 'csi', floor(avg(25 * (value - 1)) / 5)::int, round(avg(25 * (value - 1)), 4) FROM rated GROUP BY id)
            SELECT measure || ' ' || bin, count(*) || ' ' || trim_scale(sum(value)) FROM observed WHERE bin IS NOT NULL GROUP BY measure, bin
            """,
            """
            SELECT measure || ' ' || bin, n || ' ' || trim_scale(sum) FROM facts.rollups
            WHERE view = 'questionnaire' AND key = 'ticket-satisfaction' AND grain = 'all' AND n <> 0 AND measure <> 'invitations'
            """
        ),
        new(
            "sums of the invitations",
            "survey",
            """
            SELECT CASE state WHEN 'completed' THEN 4 WHEN 'cancelled' THEN 5 WHEN 'suppressed' THEN 6
                ELSE CASE WHEN started_at IS NOT NULL THEN 3 WHEN state = 'opened' THEN 2 ELSE 1 END END::text, count(*)::text
            FROM invitations WHERE state <> 'queued' GROUP BY 1
            """,
            Rollup("measure = 'invitations'", "bin::text", "n::text")
        ),
    ];

    public static readonly Comparison[] OfTickets =
    [
        new(
            "sums of the tickets",
            "ticketing",
            $"""
            WITH observed (measure, bin, value) AS (
                SELECT 'tickets', CASE status WHEN 'resolved' THEN 2 WHEN 'closed' THEN 3 WHEN 'cancelled' THEN 4 ELSE 1 END, 0 FROM tickets
                UNION ALL SELECT 'reopened', 0, episode - 1 FROM tickets WHERE episode > 1
                UNION ALL SELECT 'escalated', 0, count(*) FROM timeline WHERE kind = 'escalated' GROUP BY ticket_id)
            SELECT measure || ' ' || bin, count(*) || ' ' || sum(value) FROM observed GROUP BY measure, bin
            """,
            Rollup(
                "measure IN ('tickets', 'reopened', 'escalated')",
                "measure || ' ' || bin",
                "n || ' ' || trim_scale(sum)"
            )
        ),
        new(
            "sums of the times",
            "ticketing",
            $"""
            WITH spent (measure, micros) AS (
                SELECT 'first_contact', {Micros(
                "first_contact_at"
            )} FROM tickets WHERE status <> 'cancelled' AND first_contact_at IS NOT NULL
                UNION ALL SELECT 'resolution', {Micros(
                "resolved_at"
            )} FROM tickets WHERE status <> 'cancelled' AND resolved_at IS NOT NULL),
            -- To four places, half to even, as the rollups are kept.
            kept AS (
                SELECT measure, micros / 100 + CASE WHEN micros % 100 + (micros / 100) % 2 > 50 THEN 1 ELSE 0 END AS value FROM spent)
            SELECT measure, count(*) || ' ' || trim_scale(sum(value) / 10000.0) FROM kept GROUP BY measure
            """,
            Rollup(
                "measure IN ('first_contact', 'resolution')",
                "measure",
                "sum(n) || ' ' || trim_scale(sum(sum))",
                "GROUP BY measure"
            )
        ),
        new(
            "sums of the clocks",
            "ticketing",
            """
            SELECT c.clock || ' ' || CASE
                WHEN c.entries @> '[{"event": "cancelled"}]' AND (c.breached_at IS NULL OR t.status = 'cancelled') THEN 3
                WHEN c.breached_at IS NOT NULL THEN 2 WHEN c.entries @> '[{"event": "met"}]' THEN 1 ELSE 4 END, count(*)::text
            FROM sla_clocks c JOIN tickets t ON t.id = c.ticket_id GROUP BY 1
            """,
            Rollup("measure LIKE 'clock:%'", "substr(measure, 7) || ' ' || bin", "n::text")
        ),
    ];

    private static string Micros(string until) =>
        $"greatest(0, round(extract(epoch FROM {until} - received_at) * 1000000))::bigint";

    private static string Rollup(string measures, string key, string value, string after = "") =>
        $"SELECT {key}, {value} FROM facts.rollups WHERE view = '' AND grain = 'all' AND n <> 0 AND {measures} {after}";
}
