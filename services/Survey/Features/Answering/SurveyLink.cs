using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>What a link stands for at the moment.</summary>
internal enum LinkStanding
{
    /// <summary>No link of ours.</summary>
    Unknown,

    /// <summary>A link of ours whose invitation is still on its way here.</summary>
    NotReady,
    Open,
    Answered,
    Expired,
    Cancelled,
}

/// <summary>A link that somebody holds: whose it is, what it asks, and whether it can be answered.</summary>
/// <param name="Invitation">Of a personal link.</param>
/// <param name="Place">Of a store link.</param>
/// <param name="RulesVersion">The recovery rules in force.</param>
internal sealed record SurveyLink(
    LinkStanding Standing,
    InvitationRow? Invitation = null,
    StoreLinkRow? Place = null,
    Questionnaire? Questionnaire = null,
    int Version = 0,
    int RulesVersion = 0
)
{
    public static SurveyLink Unknown { get; } = new(LinkStanding.Unknown);

    public static SurveyLink NotReady { get; } = new(LinkStanding.NotReady);

    /// <summary>The language that the customer spoke when they wrote to us; null where nobody knows who holds the link.</summary>
    public string? Language => Invitation?.Language;

    /// <summary>What was answered so far can be kept: it is known whose it is.</summary>
    public bool KeepsDrafts => Invitation is not null;
}
