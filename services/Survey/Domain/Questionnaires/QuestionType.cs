namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>What kind of answer a question wants.</summary>
internal enum QuestionType
{
    Rating,
    Nps,
    Ces,
    Single,
    Multi,
    YesNo,
    Text,
    Number,
    Date,
    Matrix,
}
