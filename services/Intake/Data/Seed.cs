using System.Text.Json;

namespace CustomerFeedback.Intake.Data;

/// <summary>What a new database starts with. Policy and calendar are the ones Ticketing starts with too.</summary>
internal static class Seed
{
    public static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const string By = "seed";

    public static string Rules => Read("classification-rules.json");

    public static string DefaultPolicy => Read("default-policy.json");

    public static string AlwaysCalendar => Read("always-calendar.json");

    // Compact, so that layout changes of the file are no change of the data.
    private static string Read(string file)
    {
        using var stream = typeof(Seed).Assembly.GetManifestResourceStream(
            $"CustomerFeedback.Intake.Data.Seed.{file}"
        )!;
        using var json = JsonDocument.Parse(stream);
        return JsonSerializer.Serialize(json.RootElement, Plain);
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
