namespace CustomerFeedback.Contracts.Survey;

/// <summary>A version of a questionnaire is open for answers; it never changes again.</summary>
/// <param name="Version">Of the questionnaire; also counts its published events.</param>
/// <param name="Title">Per language, as <c>zh-CN</c>.</param>
public sealed record QuestionnairePublished(
    string QuestionnaireId,
    int Version,
    IReadOnlyDictionary<string, string> Title,
    IReadOnlyList<QuestionFacts> Questions,
    DateTimeOffset PublishedAt
);

/// <summary>What a reader of answers must know of a question.</summary>
/// <param name="Dimension">What a rating measures, as <c>attitude</c>; null for questions that measure nothing.</param>
/// <param name="Scale">The number of points of a rating: 5 or 10; null for other types.</param>
/// <param name="Text">Per language.</param>
public sealed record QuestionFacts(
    string Id,
    QuestionType Type,
    string? Dimension,
    int? Scale,
    IReadOnlyDictionary<string, string> Text
);
