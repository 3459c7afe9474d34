using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Contracts.Survey;

/// <summary>A response is in, once per personal link and any number of times per store link.</summary>
/// <param name="Version">1: the first event of the subject <paramref name="ResponseId"/>.</param>
/// <param name="InvitationId">Null for a store link.</param>
/// <param name="CustomerId">Null where nobody knows who answered.</param>
/// <param name="Store">Where the link hung, or the ticket's store.</param>
/// <param name="Facts">The ticket as it stood at the confirmation; null without a ticket.</param>
/// <param name="Flags">Quality: <c>too_fast</c>, <c>straight_lined</c>, <c>all_na</c>, <c>duplicate</c>.</param>
/// <param name="Pilot">True: never enters the numbers.</param>
public sealed record SurveyCompleted(
    Guid ResponseId,
    int Version,
    Guid? InvitationId,
    string QuestionnaireId,
    int QuestionnaireVersion,
    Guid? CustomerId,
    string? Number,
    int? Episode,
    SurveyMode Mode,
    string Language,
    string? Store,
    TicketFacts? Facts,
    IReadOnlyList<SurveyAnswer> Answers,
    int? DurationSeconds,
    IReadOnlyList<string> Flags,
    bool Pilot,
    DateTimeOffset OccurredAt
);

/// <summary>One answer, readable without the questionnaire. A matrix gives one per row, with <c>question.row</c> as its id.</summary>
/// <param name="Value">Rating 1..scale, NPS 0..10, CES 1..7, number; yes = 1, no = 0; null for others and for N/A.</param>
/// <param name="Scale">Points of a rating's scale, else null.</param>
/// <param name="Choices">Option ids of single and multi.</param>
/// <param name="Text">Free text, a remark, an ISO date, the words for "other"; erased by customer.</param>
public sealed record SurveyAnswer(
    string Question,
    QuestionType Type,
    string? Dimension,
    bool NotApplicable,
    double? Value,
    int? Scale,
    IReadOnlyList<string> Choices,
    string? Text
);
