using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CustomerFeedback.Survey.Data;

/// <summary>A response in one statement and one trip: the link is used up, answers, words and events are there, the draft is gone. All of it or nothing.</summary>
internal static class ResponseSql
{
    // Two at the same moment meet at the invitation's row: the second one finds it completed and stores nothing.
    private const string UseInvitation = """
        WITH used AS (
          UPDATE invitations SET state = 'completed', completed_at = $17, started_at = coalesce(started_at, $17)
          WHERE id = $2 AND state IN ('sent', 'opened') AND expires_at > $17 RETURNING id)
        """;

    // A store link is never used up.
    private const string UseNothing = "WITH used AS (SELECT $2::uuid AS id)";

    private const string Rest = """
        , stored AS (
          INSERT INTO responses (id, invitation_id, store_link_id, questionnaire_id, questionnaire_version, customer_id, number, episode,
            mode, language, store, facts, answers, duration_seconds, flags, recovery_department, submitted_at)
          SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17 FROM used RETURNING id),
        words AS (INSERT INTO response_texts (response_id, customer_id, texts) SELECT id, $6, $18 FROM stored WHERE $18 IS NOT NULL),
        gone AS (DELETE FROM drafts WHERE invitation_id IN (SELECT id FROM used)),
        told AS (
          INSERT INTO messaging.outbox (id, type, body, headers, subject)
          SELECT e.id, e.type, e.body, e.headers, e.subject
          FROM unnest($19::uuid[], $20::text[], $21::bytea[], $22::text[], $23::text[]) AS e(id, type, body, headers, subject), stored)
        SELECT count(*) FROM stored
        """;

    /// <summary>False where the invitation cannot be answered any more. Joins the transaction that is open, if one is.</summary>
    public static async Task<bool> Store(
        this SurveyDbContext db,
        ResponseRow row,
        string? words,
        IReadOnlyList<OutboxRow> events,
        CancellationToken ct
    )
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(
                (row.InvitationId is null ? UseNothing : UseInvitation) + Rest,
                (NpgsqlConnection)db.Database.GetDbConnection()
            );
            command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            Fill(command.Parameters, row, words, events);
            await command.PrepareAsync(ct); // planned once per connection: planning it costs more than running it
            return (long)(await command.ExecuteScalarAsync(ct))! == 1;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static void Fill(
        NpgsqlParameterCollection parameters,
        ResponseRow row,
        string? words,
        IReadOnlyList<OutboxRow> events
    )
    {
        Add(NpgsqlDbType.Uuid, row.Id);
        Add(NpgsqlDbType.Uuid, row.InvitationId);
        Add(NpgsqlDbType.Uuid, row.StoreLinkId);
        Add(NpgsqlDbType.Text, row.QuestionnaireId);
        Add(NpgsqlDbType.Integer, row.QuestionnaireVersion);
        Add(NpgsqlDbType.Uuid, row.CustomerId);
        Add(NpgsqlDbType.Text, row.Number);
        Add(NpgsqlDbType.Integer, row.Episode);
        Add(NpgsqlDbType.Text, ServiceDefaults.Words.Of(row.Mode));
        Add(NpgsqlDbType.Text, row.Language);
        Add(NpgsqlDbType.Text, row.Store);
        Add(NpgsqlDbType.Jsonb, row.Facts);
        Add(NpgsqlDbType.Jsonb, row.Answers);
        Add(NpgsqlDbType.Integer, row.DurationSeconds);
        AddArray(row.Flags);
        Add(NpgsqlDbType.Text, row.RecoveryDepartment);
        Add(NpgsqlDbType.TimestampTz, row.SubmittedAt);
        Add(NpgsqlDbType.Jsonb, words);
        AddArray(events.Select(e => e.Id).ToArray());
        AddArray(events.Select(e => e.Type).ToArray());
        AddArray(events.Select(e => e.Body).ToArray());
        AddArray(events.Select(e => e.Headers).ToArray());
        AddArray(events.Select(e => e.Subject).ToArray());

        void AddArray(Array value) => parameters.Add(new() { Value = value });

        void Add(NpgsqlDbType type, object? value) =>
            parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
