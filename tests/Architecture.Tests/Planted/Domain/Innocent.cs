#nullable enable // the folder is marked as generated code, which starts without

using System.Text.RegularExpressions;
using CustomerFeedback.WorkingTime;
using NodaTime;

namespace CustomerFeedback.Architecture.Tests.Planted.Domain;

/// <summary>Uses all that a Domain may, so that the rule is seen to let it pass.</summary>
public sealed partial record Innocent(Instant At, WorkCalendar Calendar, IReadOnlyList<Innocent.Part> Parts)
{
    public sealed record Part(string Name);

    public static IReadOnlyList<int> Primes { get; } = [2, 3, 5, 7, 11, 13, 17, 19];

    public IEnumerable<string> Names() => Parts.Where(part => Word().IsMatch(part.Name)).Select(part => part.Name);

    public string Kind() =>
        Parts.Count switch
        {
            0 => "none",
            1 => "one",
            2 => "two",
            3 => "three",
            4 => "four",
            5 => "five",
            6 => "six",
            _ => throw new InvalidOperationException(),
        };

    [GeneratedRegex("^[a-z]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
