using Npgsql;

namespace CustomerFeedback.Benchmarks;

/// <summary>Survey answers of years, made by SQL: as events, or as facts with the sums that Analytics would keep of them.</summary>
internal sealed class History(MeasuredSystem system) : IAsyncDisposable
{
    /// <summary>So many answers a day, whatever the length of the history.</summary>
    public const int PerDay = 833;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        // The baselines are to be as good as SQL can be.
        system.Databases["analytics"] + ";Command Timeout=600;Options=-c work_mem=256MB -c jit=off"
    );

    private readonly DateTime until = TimeProvider.System.GetUtcNow().UtcDateTime;

    // Ten agents, and every other dimension follows from the agent: what costs is the number of answers and of days.
    private const string Answers = """
        SELECT i, ('00000000-0000-7000-8001-' || lpad(to_hex(i), 12, '0'))::uuid AS id, 'H26-' || lpad(i::text, 7, '0') AS number,
            @until - make_interval(secs => (i::float8 * 86400 / @perday)) AS at,
            4 + i % 2 AS attitude, 3 + i / 2 % 3 AS efficiency, 4 + i / 3 % 2 AS expertise, 1 + i / 5 % 5 AS clarity, 1 + i / 7 % 5 AS overall,
            i / 11 % 11 AS nps, i % 9 <> 0 AS solved, 'agent-' || a AS agent, 'team-' || a % 3 AS team, 'region-' || a % 4 AS region,
            'SH-' || a AS store, 'product-' || a % 5 AS product, (ARRAY['app','phone','wechat','email','web_chat'])[1 + a % 5] AS channel,
            (ARRAY['inquiry','complaint','after_sales'])[1 + a % 3] AS type, (ARRAY['regular','vip'])[1 + a % 2] AS segment
        FROM generate_series(0, @count - 1) AS i, LATERAL (SELECT i / 13 % 10 AS a) AS agents
        """;

    private const string Slices =
        "type, category, subcategory, complaint_level, urgency, complex, channel, segment, service_stage, product, region, store, team, agent";

    /// <summary>Each answer as the event that Survey would have told.</summary>
    public async Task StoreEvents(int count, CancellationToken ct)
    {
        await Run("SELECT make_partitions(@months, 3)", count, ct);
        await Run(
            $$"""
            INSERT INTO events (id, type, thread, number, subject_id, version, occurred_at, body)
            SELECT id, 'SurveyCompleted', number, number, id::text, 1, at, jsonb_build_object('responseId', id, 'version', 1, 'invitationId', null,
                'questionnaireId', 'ticket-satisfaction', 'questionnaireVersion', 1, 'customerId', null, 'number', number, 'episode', 1, 'mode', 'online',
                'language', 'zh-CN', 'store', store, 'durationSeconds', 40, 'flags', '[]'::jsonb, 'pilot', false, 'occurredAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'facts', jsonb_build_object('type', type, 'category', 'complaint', 'subcategory', 'logistics', 'complaintLevel', 2, 'urgency', 'normal', 'complex', false,
                    'channel', channel, 'segment', segment, 'language', 'zh-CN', 'serviceStage', 'after_sale', 'product', product, 'region', region, 'store', store,
                    'team', team, 'assignee', agent),
                'answers', (SELECT jsonb_agg(jsonb_build_object('question', q, 'type', t, 'dimension', CASE WHEN t = 'rating' THEN q END, 'notApplicable', false,
                    'value', v, 'scale', CASE WHEN t = 'rating' THEN 5 END, 'choices', '[]'::jsonb, 'text', null))
                    FROM (VALUES ('attitude', 'rating', attitude), ('efficiency', 'rating', efficiency), ('expertise', 'rating', expertise),
                        ('clarity', 'rating', clarity), ('overall', 'rating', overall), ('nps', 'nps', nps), ('solved', 'yes_no', solved::int)) AS answer (q, t, v)))
            FROM ({{Answers}}) AS answers
            """,
            count,
            ct
        );
        await Run("ANALYZE events", count, ct);
    }

    /// <summary>The answers, tickets of the newest tenth, and their sums, in a schema of the tables that Analytics keeps in <c>facts</c>.</summary>
    public async Task StoreFacts(string schema, int count, CancellationToken ct)
    {
        await Run("SELECT make_partitions(@months, 3)", count, ct);
        await Run($"SELECT copy_schema('facts', '{schema}')", count, ct);
        await Run(
            $"""
            INSERT INTO {schema}.response_facts (response_id, submitted_at, thread, questionnaire, questionnaire_version, number, episode, mode, language,
                duration_seconds, flags, pilot, complete, counted, overall, overall_scale, nps, solved, csi, {Slices})
            SELECT id, at, number, 'ticket-satisfaction', 1, number, 1, 'online', 'zh-CN', 40, ARRAY[]::text[], false, true, true, overall, 5, nps, solved,
                (attitude + efficiency + expertise + clarity + overall - 5) * 5.0,
                type, 'complaint', 'logistics', 2, 'normal', false, channel, segment, 'after_sale', product, region, store, team, agent
            FROM ({Answers}) AS answers
            """,
            count,
            ct
        );
        await Run(
            $"""
            INSERT INTO {schema}.response_scores (response_id, submitted_at, dimension, score, scale)
            SELECT id, at, dimension, score, 5 FROM ({Answers}) AS answers, LATERAL (VALUES ('attitude', attitude), ('efficiency', efficiency),
                ('expertise', expertise), ('clarity', clarity), ('overall', overall)) AS scores (dimension, score)
            """,
            count,
            ct
        );
        await Run(
            $"""
            INSERT INTO {schema}.ticket_facts (number, received_at, status, episode, reopened, escalated, is_recovery, resolution_seconds, {Slices})
            SELECT number, at, 'closed', 1, 0, 0, false, exp(8 + 2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())),
                type, 'complaint', 'logistics', 2, 'normal', false, channel, segment, 'after_sale', product, region, store, team, agent
            FROM ({Answers}) AS answers WHERE i < @count / 10
            """,
            count,
            ct
        );
        await Run(RawRollup.Responses($"{schema}.response_facts", $"{schema}.response_scores", schema), count, ct);
        await Run(RawRollup.Resolutions($"{schema}.ticket_facts", schema), count, ct);
        foreach (var table in new[] { "response_facts", "response_scores", "ticket_facts", "rollups" })
            await Run($"VACUUM (ANALYZE) {schema}.{table}", count, ct);
    }

    /// <summary>From now on Analytics answers from the other schema.</summary>
    public Task Swap(string current, string next, CancellationToken ct) =>
        Run($"ALTER SCHEMA facts RENAME TO {current}; ALTER SCHEMA {next} RENAME TO facts", 0, ct);

    public Task Run(string sql, CancellationToken ct) => Run(sql, 0, ct);

    public async Task<T> Scalar<T>(string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task Run(string sql, int count, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        if (sql.Contains("@count", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("count", count);
            command.Parameters.AddWithValue("perday", PerDay);
            command.Parameters.AddWithValue("until", until);
        }

        if (sql.Contains("@months", StringComparison.Ordinal))
            command.Parameters.AddWithValue("months", (count / PerDay / 28) + 1);
        await command.ExecuteNonQueryAsync(ct);
    }
}
