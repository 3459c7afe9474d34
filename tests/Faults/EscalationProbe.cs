using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Faults;

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

    public static async Task Publish(LocalSystem system)
    {
        using var admin = system.As("admin");
        using var known = await admin.GetAsync("/v1/sla/policies/faults");
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/sla/policies/faults")
        {
            Content = JsonContent.Create(JsonNode.Parse(Policy)),
        };
        if (known.StatusCode == HttpStatusCode.OK)
            put.Headers.TryAddWithoutValidation("If-Match", known.Headers.ETag!.ToString());
        using var answer = await admin.SendAsync(put);
        answer.EnsureSuccessStatusCode();
    }
}
