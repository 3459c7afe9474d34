namespace CustomerFeedback.Benchmarks;

/// <summary>
/// The sums that Analytics keeps of answers, as one SQL statement over facts that lie there ready: the baseline of the projection,
/// and a second opinion on its sums.
/// </summary>
internal static class RawRollup
{
    private const string Views = """
        (VALUES ('', ''), ('agent', agent), ('category', category), ('channel', channel), ('product', product), ('region', region), ('segment', segment),
            ('store', store), ('team', team), ('type', type), ('urgency', urgency), ('questionnaire', questionnaire)) AS views (view, key)
        """;

    /// <param name="responses">The table or subquery with the responses.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="schema">Whose <c>rollups</c> are added to.</param>
    public static string Responses(string responses, string scores, string schema) =>
        Sums(
            $"""
            SELECT r.*, o.measure, o.bin, round(o.value::numeric, 4) AS value FROM {responses} AS r, LATERAL (VALUES ('responses', 0, 0::float8), ('nps', nps, nps),
                ('csi', floor(csi / 5)::int, csi), ('solved', solved::int, solved::int)) AS o (measure, bin, value)
            WHERE counted AND value IS NOT NULL
            UNION ALL
            SELECT r.*, 'score:' || s.dimension || '@' || s.scale, round(s.score::numeric)::int, round(s.score::numeric, 4)
            FROM {responses} AS r JOIN {scores} AS s ON s.response_id = r.response_id AND s.submitted_at = r.submitted_at WHERE counted
            """,
            "submitted_at",
            schema,
            "('day', day), ('month', date_trunc('month', day)::date), ('all', date '-infinity')"
        );

    /// <summary>The times to a resolution, in bins that grow by 2 %; by month and of all time.</summary>
    public static string Resolutions(string tickets, string schema) =>
        Sums(
            $"""
            SELECT *, NULL::text AS questionnaire, 'resolution' AS measure, CASE WHEN resolution_seconds < 1 THEN 0 ELSE 1 + floor(ln(resolution_seconds) / ln(1.02::float8)) END::int AS bin,
                round(resolution_seconds::numeric, 4) AS value
            FROM {tickets}
            """,
            "received_at",
            schema,
            "('month', date_trunc('month', day)::date), ('all', date '-infinity')"
        );

    private static string Sums(string observations, string at, string schema, string grains) =>
        $"""
            WITH observed AS ({observations}),
            fine AS (
                SELECT ({at} AT TIME ZONE 'Asia/Shanghai')::date AS day, measure, bin, agent, category, channel, product, region, segment, store, team, type, urgency,
                    questionnaire, count(*) AS n, sum(value) AS sum, sum(value * value) AS sum_sq
                FROM observed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14),
            days AS (
                SELECT view, key, day, measure, bin, sum(n) AS n, sum(sum) AS sum, sum(sum_sq) AS sum_sq FROM fine, LATERAL {Views}
                WHERE key IS NOT NULL GROUP BY 1, 2, 3, 4, 5)
            INSERT INTO {schema}.rollups AS old (view, grain, measure, bucket, key, bin, n, sum, sum_sq)
            SELECT view, grain, measure, bucket, key, bin, sum(n), sum(sum), sum(sum_sq)
            FROM days, LATERAL (VALUES {grains}) AS grains (grain, bucket)
            GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
            ON CONFLICT (view, grain, measure, bucket, key, bin)
            DO UPDATE SET n = old.n + excluded.n, sum = old.sum + excluded.sum, sum_sq = old.sum_sq + excluded.sum_sq
            """;
}
