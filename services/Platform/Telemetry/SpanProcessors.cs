using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace CustomerFeedback.Telemetry;

/// <summary>
/// What callers write into a path, a query or a header may be a secret (a customer's link) or about a person: spans keep the route, and of addresses that
/// are called the part that is ours.
/// </summary>
internal sealed partial class RoutesNotPaths : BaseProcessor<Activity>
{
    private const string Rest = "/{...}";

    public override void OnEnd(Activity data)
    {
        if (data.Kind is ActivityKind.Server)
        {
            data.SetTag("url.path", data.GetTagItem("http.route"));
            foreach (
                var tag in (ReadOnlySpan<string>)
                    ["url.query", "user_agent.original", "client.address", "network.peer.address"]
            )
                data.SetTag(tag, null);
        }
        else if (data.GetTagItem("url.full") is string address)
        {
            data.SetTag("url.full", Ours().Match(address) is { Success: true } ours ? ours.Value + Rest : null);
        }
    }

    [GeneratedRegex(
        "^https?://[^/?#]+(/v[0-9]+)?(/[a-z-]+)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Ours();
}

/// <summary>A worker that looks into its table every second tells nothing by it: a statement without anything around it is no trace.</summary>
internal sealed class NoLooksAround : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Source.Name != "Npgsql" || data.ParentId is not null)
            return;
        data.IsAllDataRequested = false;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
