using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Pages;

/// <summary>Every word of the status page in one language.</summary>
internal sealed partial record StatusTexts
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    public static readonly string[] Languages = [Chinese, English];

    public required string Language { get; init; }

    /// <summary>The link to the same page in the other language.</summary>
    public required (string Language, string Name) Other { get; init; }
    public required string Title { get; init; }
    public required string NumberLabel { get; init; }
    public required string ReceivedLabel { get; init; }
    public required string[] Stages { get; init; }
    public required string StagesLabel { get; init; }

    /// <summary>By state: what it means in one line, and what happens next; {0} is the number under which a merged one goes on.</summary>
    public required IReadOnlyDictionary<string, (string Headline, string Next)> States { get; init; }
    public required string PromisesLabel { get; init; }
    public required IReadOnlyDictionary<ClockName, string> Promises { get; init; }
    public required IReadOnlyDictionary<string, string> Outcomes { get; init; }
    public required string ProgressLabel { get; init; }
    public required IReadOnlyDictionary<string, string> Steps { get; init; }
    public required string NewEstimate { get; init; }
    public required string ConfirmLabel { get; init; }
    public required string ConfirmHint { get; init; }
    public required string ConfirmNote { get; init; }
    public required string Solved { get; init; }
    public required string NotSolvedLabel { get; init; }
    public required string NotSolvedHint { get; init; }
    public required string NotSolvedNote { get; init; }
    public required string NotSolved { get; init; }
    public required string ReopenUntil { get; init; }
    public required string MessageLabel { get; init; }
    public required string MessageText { get; init; }
    public required string MessageHint { get; init; }
    public required string Send { get; init; }
    public required IReadOnlyDictionary<string, string> Notices { get; init; }
    public required string TooLong { get; init; }
    public required string Until { get; init; }
    public required string Zone { get; init; }
    public required string Privacy { get; init; }
    public required (string Title, string Text) NoSuchLink { get; init; }
    public required string DateForm { get; init; }

    /// <summary>The first of these languages that we speak; Chinese where we speak none of them.</summary>
    public static StatusTexts For(IEnumerable<string> languages)
    {
        foreach (var language in languages)
        {
            if (language.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
                return InChinese;
            if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return InEnglish;
        }

        return InChinese;
    }
}
