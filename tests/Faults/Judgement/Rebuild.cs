using System.Text.Json.Nodes;
using CustomerFeedback.Faults.Load;

namespace CustomerFeedback.Faults.Judgement;

/// <summary>All numbers made anew from the stored events: they must be what they were.</summary>
internal static class Rebuild
{
    /// <summary>What the job says.</summary>
    public static async Task<(bool Equal, string Says)> Run(Sender sender)
    {
        var key = $"{Guid.CreateVersion7()}";
        var job = await sender.Post("admin", "/v1/admin/analytics/rebuild", new { }, key);
        var done = job is null
            ? null
            : await sender.Get(
                "admin",
                $"/v1/jobs/{job["id"]}",
                j => j["state"]!.GetValue<string>() is "succeeded" or "failed"
            );
        return done?["result"] is JsonObject result
            ? (result["equal"]!.GetValue<bool>(), $"{result["events"]} events in {result["seconds"]} s")
            : (false, $"no result: {done?["errors"]}");
    }
}
