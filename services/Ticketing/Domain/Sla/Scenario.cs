using System.Globalization;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>An example of what a policy promises; the engine that moves the real clocks says whether it holds.</summary>
/// <param name="Events">In order of time, the opening first.</param>
internal sealed record Scenario(string Name, IReadOnlyList<PastEvent> Events, IReadOnlyList<Expectation> Expectations)
{
    /// <summary>Everything that came out otherwise under these terms alone.</summary>
    public IReadOnlyList<ScenarioFinding> Failures(SlaTerms terms)
    {
        var replay = new ClockReplay(Guid.Empty, facts => SlaTerms.Match([terms], facts));
        var ahead = new Queue<PastEvent>(Events);
        var findings = new List<ScenarioFinding>();
        // Whoever looks at an instant knows nothing of what happens later.
        foreach (var expectation in Expectations.OrderBy(expectation => expectation.At))
        {
            while (ahead.TryPeek(out var next) && next.At <= expectation.At)
                replay.Play(ahead.Dequeue());
            findings.AddRange(expectation.Missed(replay.Clocks).Select(missed => missed with { Scenario = Name }));
        }
        return findings;
    }
}

/// <summary>How a clock is expected to stand at an instant; what is null does not matter.</summary>
/// <param name="Pointer">Where it is written.</param>
internal sealed record Expectation(
    string Pointer,
    ClockName Clock,
    int Episode,
    DateTimeOffset At,
    string? State,
    DateTimeOffset? DueAt,
    DateTimeOffset? BreachedAt,
    TimeSpan? Target,
    TimeSpan? Consumed
)
{
    /// <summary>The state of a clock that was not started.</summary>
    public const string NoClock = "none";

    /// <summary>What of it does not hold; of several instances the latest is meant.</summary>
    public IEnumerable<ScenarioFinding> Missed(IReadOnlyList<SlaClock> clocks)
    {
        var clock = clocks.LastOrDefault(clock =>
            clock.Name == Clock && clock.Episode == Episode && clock.StartedAt <= At
        );
        var reading = clock is null ? null : ClockReading.Of(clock, At);
        var missed = new List<ScenarioFinding>();
        Compare("state", State, reading is null ? NoClock : Word.Of(reading.State));
        Compare("dueAt", Text(DueAt), Text(reading?.DueAt));
        Compare("breachedAt", Text(BreachedAt), Text(reading?.BreachedAt));
        Compare("target", Text(Target), Text(reading?.Target));
        Compare("consumed", Text(Consumed), Text(reading?.Consumed));
        return missed;

        void Compare(string member, string? expected, string? got)
        {
            if (expected is not null && expected != got)
                missed.Add(new("", $"{Pointer}/{member}", Clock, expected, got));
        }
    }

    private static string? Text(TimeSpan? duration) => duration is { } known ? IsoDuration.Write(known) : null;

    private static string? Text(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>One thing that came out otherwise.</summary>
/// <param name="Pointer">The line and member of the file that expected it.</param>
/// <param name="Got">Null where there is nothing of the kind.</param>
internal sealed record ScenarioFinding(string Scenario, string Pointer, ClockName Clock, string Expected, string? Got)
{
    public string Message => $"{Scenario}: expected {Expected}, got {Got ?? "nothing"}.";
}
