using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>A database with facts of a test's own making, and the ready sums that belong to them.</summary>
internal static class Seeded
{
    /// <summary>Sums as <c>facts.rollups</c> keeps them, made in one go: an independent hand beside the projection that keeps them by differences.</summary>
    private static readonly string Sum = $"""
        TRUNCATE facts.rollups;
        INSERT INTO facts.rollups (view, grain, measure, bucket, key, bin, n, sum, sum_sq)
        SELECT v.view, g.grain, o.measure,
            CASE g.grain WHEN 'day' THEN o.day WHEN 'month' THEN date_trunc('month', o.day::timestamp)::date ELSE '0001-01-01'::date END,
            coalesce(v.key, ''), o.bin, count(*), sum(o.value)::numeric, sum(o.value * o.value)::numeric
        FROM (
            {Observed("facts.response_facts", "'responses'", "0", "0", "submitted_at", "counted", "questionnaire")}
            UNION ALL {Observed(
            "facts.response_facts",
            "'nps'",
            "nps",
            "nps",
            "submitted_at",
            "counted AND nps IS NOT NULL",
            "questionnaire"
        )}
            UNION ALL {Observed(
            "facts.response_facts",
            "'csi'",
            "floor(csi / 5)",
            "csi",
            "submitted_at",
            "counted AND csi IS NOT NULL",
            "questionnaire"
        )}
            UNION ALL {Observed(
            "facts.response_facts",
            "'solved'",
            "solved::int",
            "solved::int",
            "submitted_at",
            "counted AND solved IS NOT NULL",
            "questionnaire"
        )}
            UNION ALL {Observed(
            "facts.response_facts JOIN facts.response_scores s USING (response_id, submitted_at)",
            "'score:' || s.dimension || '@' || s.scale",
            "round(s.score::numeric)",
            "s.score",
            "submitted_at",
            "counted",
            "questionnaire"
        )}
            UNION ALL {Observed(
            "facts.invitation_facts",
            "'invitations'",
            "array_position(ARRAY['sent', 'opened', 'started', 'completed', 'cancelled', 'suppressed'], state)",
            "0",
            "invited_at",
            "true",
            "questionnaire"
        )}
            UNION ALL {Observed("facts.ticket_facts", "'tickets'", "1", "0", "received_at", "true", "NULL")}
            UNION ALL {Observed(
            "facts.ticket_facts",
            "'first_contact'",
            LogBin("first_contact_seconds"),
            "first_contact_seconds",
            "received_at",
            "first_contact_seconds IS NOT NULL AND status <> 'cancelled'",
            "NULL"
        )}
            UNION ALL {Observed(
            "facts.ticket_facts",
            "'resolution'",
            LogBin("resolution_seconds"),
            "resolution_seconds",
            "received_at",
            "resolution_seconds IS NOT NULL AND status <> 'cancelled'",
            "NULL"
        )}
            UNION ALL {Observed(
            "facts.clock_facts",
            "'clock:' || clock",
            "CASE WHEN state = 'cancelled' AND (NOT breached OR cancel_reason = 'ticket_cancelled') THEN 3 WHEN breached THEN 2 WHEN state = 'met' THEN 1 ELSE 4 END",
            "consumed_seconds",
            "coalesce(due_at, started_at)",
            "true",
            "NULL"
        )}
        ) AS o,
        LATERAL (VALUES ('', ''), ('channel', o.channel), ('category', o.category), ('urgency', o.urgency), ('region', o.region), ('store', o.store),
            ('team', o.team), ('agent', o.agent), ('segment', o.segment), ('product', o.product), ('type', o.type), ('questionnaire', o.questionnaire)) AS v (view, key),
        (VALUES ('day'), ('month'), ('all')) AS g (grain)
        WHERE v.view <> 'questionnaire' OR o.questionnaire IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6;
        INSERT INTO projection (id, seq, as_of) VALUES (1, 1, '2026-03-02T01:00:00Z') ON CONFLICT DO NOTHING;
        """;

    public static async Task<TestDatabase<AnalyticsDbContext>> With(Func<AnalyticsDbContext, Task> seed)
    {
        var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var db = database.Context();
        await seed(db);
        await db.SaveChangesAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var sum = new NpgsqlCommand(Sum, connection);
        await sum.ExecuteNonQueryAsync();
        return database;
    }

    private static string LogBin(string seconds) =>
        $"CASE WHEN {seconds} < 1 THEN 0 ELSE 1 + floor(ln({seconds}) / ln(1.02::float8)) END";

    private static string Observed(
        string from,
        string measure,
        string bin,
        string value,
        string at,
        string where,
        string questionnaire
    ) =>
        $"""
            SELECT {measure} AS measure, ({bin})::int AS bin, ({value})::float8 AS value, ({at} AT TIME ZONE 'Asia/Shanghai')::date AS day,
                channel, category, urgency, region, store, team, agent, segment, product, type, {questionnaire}::text AS questionnaire
            FROM {from} WHERE {where}
            """;
}
