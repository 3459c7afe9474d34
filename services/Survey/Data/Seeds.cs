using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Domain.Questionnaires;
using CustomerFeedback.Survey.Features.Questionnaires;

namespace CustomerFeedback.Survey.Data;

/// <summary>What a new database starts with, as statements of a migration. A file once shipped never changes: a new version is a new file.</summary>
internal static class Seeds
{
    public static readonly DateTimeOffset FirstDay = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const string By = "seed";

    /// <summary>A built-in questionnaire, published as version 1, and the event that says so: both are there once per database.</summary>
    public static string Questionnaire(string id, Guid messageId)
    {
        var spec = StoredJson.Read<QuestionnaireSpec>(Read($"{id}.1"));
        var published = Publishing.Event(Domain.Questionnaires.Questionnaire.Of(spec), 1, FirstDay);
        return $"""
            INSERT INTO questionnaires (id, version, state, revision, body, changed_by, changed_at, published_at)
            VALUES ('{id}', 1, 'published', 1, {Quoted(StoredJson.Write(spec))}, '{By}', '2026-01-01Z', '2026-01-01Z');
            INSERT INTO messaging.outbox (id, type, body, headers, subject)
            VALUES ('{messageId}', '{Exchange}', convert_to({Quoted(
                Envelope(messageId, published)
            )}, 'UTF8'), '{"{}"}', '{id}');
            """;
    }

    public static string RecoveryRules(int version) =>
        $"""
            INSERT INTO recovery_rules (version, rules, put_by, put_at)
            VALUES ({version}, {Quoted(Read($"recovery-rules.{version}"))}, '{By}', '2026-01-01Z');
            """;

    private static string Exchange => $"{typeof(QuestionnairePublished).Namespace}:{nameof(QuestionnairePublished)}";

    // As the outbox makes them, with an id and a time that are the same wherever the migration runs.
    private static string Envelope(Guid messageId, QuestionnairePublished published) =>
        new JsonObject
        {
            ["messageId"] = messageId,
            ["messageType"] = new JsonArray($"urn:message:{Exchange}"),
            ["message"] = JsonSerializer.SerializeToNode(published, MessagingJson.Options),
            ["sentTime"] = "2026-01-01T00:00:00Z",
            ["headers"] = new JsonObject(),
        }.ToJsonString(MessagingJson.Options);

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    internal static string Read(string file)
    {
        using var stream =
            typeof(Seeds).Assembly.GetManifestResourceStream($"CustomerFeedback.Survey.Data.Seed.{file}.json")
            ?? throw new InvalidOperationException($"The seed {file} is missing.");
        using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
