using System.Text.Json;
using CustomerFeedback.Intake.Domain;
using Npgsql;

namespace CustomerFeedback.Intake.Data;

/// <summary>Rules, policies and calendars as they stood at a revision.</summary>
internal sealed record RuleBookEdition(long Revision, ClassificationRules Rules, PolicyBook Policies);

/// <summary>Keeps the edition in force in memory; read again only when the revision says so.</summary>
internal sealed class RuleBook(ILogger<RuleBook> log)
{
    private const string Newest = """
        SELECT version, rules::text FROM classification_rules ORDER BY version DESC LIMIT 1;
        SELECT DISTINCT ON (calendar_id) calendar_id, version, calendar::text FROM sla_calendars ORDER BY calendar_id, version DESC;
        SELECT DISTINCT ON (policy_id) policy_id, version, policy::text FROM sla_policies ORDER BY policy_id, version DESC
        """;

    public const string ReadRevision = "SELECT revision FROM rule_book WHERE id = 1";

    /// <summary>Part of every transaction that stores a new version of anything in the book.</summary>
    public const string RaiseRevision = "UPDATE rule_book SET revision = revision + 1 WHERE id = 1";

    private RuleBookEdition? current;

    public async ValueTask<RuleBookEdition> At(long revision, NpgsqlConnection connection, CancellationToken ct)
    {
        var known = Volatile.Read(ref current);
        if (known?.Revision == revision)
            return known;

        // What is read may be newer than the revision asked for; the next batch then simply reads once more.
        var read = await Read(revision, connection, ct);
        Volatile.Write(ref current, read);
        return read;
    }

    private async Task<RuleBookEdition> Read(long revision, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Newest, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);

        await reader.ReadAsync(ct);
        var version = reader.GetInt32(0);
        var list = JsonSerializer.Deserialize<IReadOnlyList<ClassificationRule>>(
            reader.GetString(1),
            StoredJson.Options
        )!;
        var rules = new ClassificationRules(version, list);

        var calendars = new Dictionary<string, VersionedCalendar>(StringComparer.Ordinal);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (SlaJson.Calendar(reader.GetString(2)) is { } calendar)
                calendars[reader.GetString(0)] = new(reader.GetInt32(1), calendar);
            else
                log.UnreadableCalendar(reader.GetString(0), reader.GetInt32(1));
        }

        var policies = new List<SlaPolicy>();
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (SlaJson.Policy(reader.GetString(0), reader.GetInt32(1), reader.GetString(2)) is { } policy)
                policies.Add(policy);
            else
                log.UnreadablePolicy(reader.GetString(0), reader.GetInt32(1));
        }

        log.RuleBookRead(revision, version, policies.Count, calendars.Count);
        return new(revision, rules, new PolicyBook(policies, calendars));
    }
}
