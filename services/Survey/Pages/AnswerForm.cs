using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Pages;

/// <summary>Everything that the page with the questions shows.</summary>
/// <param name="Path">Where the form goes, without a query: <c>/s/{token}</c>.</param>
/// <param name="Values">What stands in the fields, by field name: kept answers, or what was just typed, right or wrong.</param>
/// <param name="Faults">By question: the code of what is wrong with its answer.</param>
/// <param name="Shown">The questions that the answers so far bring up.</param>
/// <param name="Fresh">Those of them that the last answers brought up.</param>
/// <param name="Since">When the form was first shown, in seconds since 1970.</param>
/// <param name="CanSave">Whether answers can be kept for later.</param>
/// <param name="Saved">They have just been kept.</param>
internal sealed record AnswerForm(
    Questionnaire Questionnaire,
    int Version,
    string Path,
    string Language,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Values,
    IReadOnlyDictionary<string, string> Faults,
    IReadOnlyList<Question> Shown,
    IReadOnlySet<string> Fresh,
    long Since,
    bool CanSave,
    bool Saved
)
{
    public IReadOnlyList<string> Of(string field) => Values.TryGetValue(field, out var values) ? values : [];

    public string First(string field) => Of(field) is [var first, ..] ? first : "";
}

/// <summary>The names of form fields.</summary>
internal static class Fields
{
    public const string Action = "action";
    public const string Save = "save";
    public const string Shown = "shown";
    public const string Since = "since";
    public const string Version = "version";
    public const string NotApplicable = "na";

    public static string Answer(string question) => $"a.{question}";

    public static string Row(string question, string row) => $"a.{question}.{row}";

    /// <summary>A remark, or the words for "other".</summary>
    public static string Words(string question) => $"t.{question}";
}
