using CustomerFeedback.Intake.Data;
using Npgsql;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

/// <summary>Promises follow the policy and calendar in force, on every replica, from the next request on.</summary>
public class PromisesTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private const string Office = """
        { "id": "office", "zone": "Asia/Shanghai", "week": { "sat": ["10:00-12:00"], "mon": ["09:00-12:00", "13:30-18:00"] }, "holidays": [], "workdays": [] }
        """;

    private static string Policy(string calendar) =>
        $$"""
            { "id": "web", "order": 1, "match": { "channel": "web" }, "calendar": "{{calendar}}",
              "targets": { "first_contact": { "normal": "PT3H", "urgent": "PT3H" } } }
            """;

    private async Task Publish(string table, string id, int version, string json)
    {
        await using var connection = new NpgsqlConnection(intake.Database.ConnectionString);
        await connection.OpenAsync();
        var (key, value) = table == "sla_policies" ? ("policy_id", "policy") : ("calendar_id", "calendar");
        await using var command = new NpgsqlCommand(
            $"INSERT INTO {table} ({key}, version, {value}, published_at) VALUES ($1, $2, $3::jsonb, now())",
            connection
        );
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = version });
        command.Parameters.Add(new() { Value = json });
        await command.ExecuteNonQueryAsync();
        await using var raise = new NpgsqlCommand(RuleBook.RaiseRevision, connection);
        await raise.ExecuteNonQueryAsync();
    }

    private async Task<string> FirstContact() =>
        (string)
            (await intake.Shop().Accepted(ShopRequest.Example().With("channel", "web").With("type", "inquiry")))[
                "promises"
            ]![0]!["dueAt"]!;

    [Fact]
    public async Task The_newest_version_counts_from_the_next_request_on()
    {
        // It is Saturday, 09:00 in Shanghai.
        (await FirstContact()).ShouldBe("2026-11-21T01:15:00Z");

        await Publish("sla_policies", "web", 1, Policy("office"));
        (await FirstContact()).ShouldBe("2026-11-21T01:15:00Z", "its calendar has not arrived");

        await Publish("sla_calendars", "office", 1, Office);
        (await FirstContact()).ShouldBe("2026-11-23T02:00:00Z", "two hours on Saturday, one on Monday");

        await Publish("sla_policies", "web", 3, Policy("always"));
        (await FirstContact()).ShouldBe("2026-11-21T04:00:00Z");

        await Publish("sla_policies", "web", 2, Policy("office"));
        (await FirstContact()).ShouldBe("2026-11-21T04:00:00Z", "an older version that comes late changes nothing");

        var pinned = await intake.Sql<string>(
            "SELECT format('%s@%s %s@%s', policy_id, policy_version, calendar_id, calendar_version) FROM requests ORDER BY number DESC LIMIT 1"
        );
        pinned.ShouldBe("web@3 always@1");
    }
}
