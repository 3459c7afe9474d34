using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Faults.Load;

/// <summary>A policy of seconds for the stream's own channel: every ticket of it warns, breaches and climbs while the fault happens.</summary>
internal static class EscalationProbe
{
    public const string Channel = "social";

    /// <summary>What must have fired on each ticket's first contact clock, no more and no less.</summary>
    public const int Steps = 4;

    private const string Policy = """
        { "id": "faults", "order": -100, "match": { "channel": "social" }, "calendar": "always",
          "targets": { "first_contact": { "normal": "PT4S", "urgent": "PT4S", "critical": "PT4S" } }, "warnAt": [0.5],
          "escalation": [ { "at": 1.0, "to": "assignee" }, { "after": "PT4S", "to": "lead" } ] }
        """;

    public static object Request(string externalId) =>
        new
        {
            source = "faults",
            externalId,
            channel = Channel,
            type = "inquiry",
            urgency = "normal",
            language = "zh-CN",
            customer = new { externalId = $"F-{externalId}", name = "张伟" },
            subject = "故障演练",
            description = new { what = "请求不能丢，也不能重复" },
        };

    /// <summary>Once per system; returns when every Intake process promises by it.</summary>
    public static async Task Publish(LocalSystem system)
    {
        using var admin = system.As("admin");
        using var known = await admin.GetAsync("/v1/sla/policies/faults");
        if (known.StatusCode == HttpStatusCode.NotFound)
        {
            using var put = await admin.PutAsync("/v1/sla/policies/faults", JsonContent.Create(JsonNode.Parse(Policy)));
            put.EnsureSuccessStatusCode();
        }

        // Each process in turn, or nearly so.
        using var shop = system.As("integration");
        for (var promised = 0; promised < 8; )
        {
            using var answer = await shop.PostAsJsonAsync("/v1/requests", Request($"first-{Guid.CreateVersion7():N}"));
            answer.EnsureSuccessStatusCode();
            promised = IsPromised((await answer.Content.ReadFromJsonAsync<JsonNode>())!) ? promised + 1 : 0;
        }
    }

    private static bool IsPromised(JsonNode accepted) =>
        accepted["promises"]!
            .AsArray()
            .Any(promise =>
                promise!["clock"]!.GetValue<string>() == "first_contact"
                && promise["dueAt"]!.GetValue<DateTimeOffset>() - accepted["receivedAt"]!.GetValue<DateTimeOffset>()
                    == TimeSpan.FromSeconds(4)
            );
}
