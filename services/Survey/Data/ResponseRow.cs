using CustomerFeedback.Contracts;

namespace CustomerFeedback.Survey.Data;

/// <summary>What somebody answered: numbers and choices. Their words lie in <see cref="ResponseTextRow"/>.</summary>
internal sealed class ResponseRow
{
    public required Guid Id { get; init; }

    /// <summary>Unique: a personal link is answered once.</summary>
    public Guid? InvitationId { get; init; }
    public Guid? StoreLinkId { get; init; }
    public required string QuestionnaireId { get; init; }
    public required int QuestionnaireVersion { get; init; }
    public Guid? CustomerId { get; init; }
    public string? Number { get; init; }
    public int? Episode { get; init; }
    public required SurveyMode Mode { get; init; }
    public required string Language { get; init; }
    public string? Store { get; init; }
    public string? Facts { get; init; }

    /// <summary>A JSON object of answers by question, without free text.</summary>
    public required string Answers { get; init; }
    public int? DurationSeconds { get; init; }
    public required string[] Flags { get; init; }

    /// <summary>The department of the recovery request that it led to.</summary>
    public string? RecoveryDepartment { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
}

/// <summary>The words of a response, kept apart by customer so that they can be erased and the numbers stay true.</summary>
internal sealed class ResponseTextRow
{
    public required Guid ResponseId { get; init; }
    public Guid? CustomerId { get; init; }

    /// <summary>A JSON object: question id to text.</summary>
    public required string Texts { get; init; }
}

/// <summary>Answers that were kept before they were sent; gone with the response.</summary>
internal sealed class DraftRow
{
    public required Guid InvitationId { get; init; }
    public required Guid CustomerId { get; init; }
    public required string Answers { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
}
