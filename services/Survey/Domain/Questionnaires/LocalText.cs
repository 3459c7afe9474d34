namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>A text in the languages of its questionnaire.</summary>
internal sealed record LocalText(IReadOnlyDictionary<string, string> ByLanguage)
{
    public static LocalText None { get; } = new(new Dictionary<string, string>());

    public bool IsEmpty => ByLanguage.Count == 0;

    /// <summary>In this language, else in the first one that there is.</summary>
    public string In(string language) =>
        ByLanguage.TryGetValue(language, out var text) ? text : ByLanguage.Values.FirstOrDefault() ?? "";

    public static LocalText Of(IReadOnlyDictionary<string, string>? texts) => texts is null ? None : new(texts);
}
