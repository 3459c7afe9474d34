using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// Invitations that wait for their answer, put into Survey's table at once, and the answers as a program would post them: eight
/// questions, words with one in five, nobody unhappy (an unhappy answer is a request too, which is the pipeline's subject).
/// </summary>
internal sealed class Surveys
{
    /// <summary>So many answers of a store are shown as a number; what is watched is the next one.</summary>
    private const int Shown = 5;
    private const int PerStore = Shown + 1;

    private readonly LinkTokens links;
    private readonly int stores;
    private int next;

    private Surveys(MeasuredSystem system, int stores)
    {
        var options = new LinkOptions { CurrentKey = "k1" };
        options.Keys["k1"] = system.LinkKey;
        links = new(Options.Create(options));
        (this.stores, next) = (stores, (stores * PerStore) - 1);
    }

    /// <param name="system">Whose Survey is to be answered.</param>
    /// <param name="stores">Stores whose answers are watched one by one.</param>
    /// <param name="others">Answers that are not.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task<Surveys> Invite(MeasuredSystem system, int stores, int others, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(system.Databases["survey"] + ";Command Timeout=300");
        await using var insert = source.CreateCommand(
            """
            INSERT INTO invitations (id, number, episode, customer_id, questionnaire_id, questionnaire_version, channel, language, state,
                human_contact, facts, team, assignee, event_version, planned_at, due_at, sent_at, expires_at)
            SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'B26-' || lpad(i::text, 7, '0'), 1, gen_random_uuid(),
                'ticket-satisfaction', (SELECT max(version) FROM questionnaires WHERE id = 'ticket-satisfaction' AND state = 'published'),
                'app', 'zh-CN', 'sent', true,
                $1::jsonb || jsonb_build_object('store', CASE WHEN i < $2 THEN 'W-' || i / $3 ELSE 'SH-' || i % 20 END, 'assignee', 'agent-' || i % 50),
                'front-line', 'agent-' || i % 50, 1, now(), now(), now(), now() + interval '14 days'
            FROM generate_series(0, $4) AS i
            """
        );
        insert.Parameters.AddWithValue(Facts);
        insert.Parameters.AddWithValue(stores * PerStore);
        insert.Parameters.AddWithValue(PerStore);
        insert.Parameters.AddWithValue((stores * PerStore) + others - 1);
        await insert.ExecuteNonQueryAsync(ct);
        await using var analyze = source.CreateCommand("ANALYZE invitations");
        await analyze.ExecuteNonQueryAsync(ct);
        return new(system, stores);
    }

    /// <summary>The next answer that nobody watches.</summary>
    public byte[] Next(Uri host) => Answer(host, Interlocked.Increment(ref next));

    /// <summary>The answers that make the watched stores' numbers visible at all.</summary>
    public IEnumerable<byte[]> Before(Uri host) =>
        from store in Enumerable.Range(0, stores)
        from k in Enumerable.Range(0, Shown)
        select Answer(host, (store * PerStore) + k);

    /// <summary>The answer that is watched.</summary>
    public byte[] Watched(Uri host, int store) => Answer(host, (store * PerStore) + Shown);

    /// <summary>Asks for the store's number.</summary>
    public static byte[] Question(Uri host, string token, int store) =>
        HttpConnection.Request(
            "POST",
            host,
            "/v1/analytics/query",
            token,
            $$$"""{"measures":["responses"],"dimensions":["store"],"filters":{"store":["W-{{{store}}}"]}}"""
        );

    /// <summary>The watched answer is in the number.</summary>
    public static bool IsCounted(ReadOnlySpan<byte> answer) => answer.IndexOf("\"n\":6"u8) >= 0;

    private byte[] Answer(Uri host, int k)
    {
        var token = links.Sign("survey", Guid.Parse($"00000000-0000-7000-8000-{k:x12}"));
        var words = k % 5 == 0 ? "\"处理得很快，客服态度也好，谢谢。\"" : "null";
        var body = $$"""
            {"answers":{"attitude":{{4 + (k % 2)}},"efficiency":{{4 + (k / 2 % 2)}},"expertise":5,"clarity":{{4 + (k / 3 % 2)}},"overall":{{4
                + (k / 5 % 2)}},"nps":{{7 + (k % 4)}},"solved":true,"comment":{{words}}},"language":"zh-CN","durationSeconds":{{30 + (k % 90)}}}
            """;
        return HttpConnection.Request("POST", host, $"/v1/survey-links/{token}/response", token: null, body);
    }

    private static readonly string Facts = JsonSerializer.Serialize(
        new
        {
            type = "complaint",
            category = "complaint",
            subcategory = "logistics",
            complaintLevel = 2,
            urgency = "normal",
            complex = false,
            channel = "app",
            segment = "regular",
            language = "zh-CN",
            serviceStage = "after_sale",
            product = "earphones",
            region = "east",
            team = "front-line",
        }
    );
}
