using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace CustomerFeedback.Telemetry;

/// <summary>
/// The tags that measurements keep, of whatever instrument. Each has few values; what is not named here (addresses of peers, whole URLs, users) is
/// dropped before it becomes a series.
/// </summary>
internal static class KeptTags
{
    /// <summary>Its value is a connection string without the password; the text keeps the name of the database.</summary>
    public const string Pool = "db.client.connection.pool.name";

    private static readonly string[] Names =
    [
        "aspnetcore.routing.match_status",
        "channel",
        "clock",
        "consumer",
        "cpu.mode",
        "db.client.connection.state",
        Pool,
        "error.type",
        "gc.heap.generation",
        "http.connection.state",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "outcome",
        "queue",
        "reason",
        "service",
        "template",
    ];

    public static MetricStreamConfiguration Of(Instrument instrument) => new() { TagKeys = Names };
}
