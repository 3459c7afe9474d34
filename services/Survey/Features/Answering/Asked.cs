using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Who was asked what, on which way: what a response has to say besides the answers.</summary>
/// <param name="RulesVersion">The recovery rules in force.</param>
/// <param name="Facts">The ticket as it stood, as JSON.</param>
internal sealed record Asked(
    Questionnaire Questionnaire,
    int Version,
    int RulesVersion,
    SurveyMode Mode,
    Guid? InvitationId = null,
    Guid? StoreLinkId = null,
    Guid? CustomerId = null,
    string? Number = null,
    int? Episode = null,
    string? Facts = null,
    string? Store = null
)
{
    public TicketFacts? TicketFacts() => Facts is null ? null : StoredJson.Read<TicketFacts>(Facts);

    /// <summary>By a link that is open.</summary>
    public static Asked By(SurveyLink link) =>
        new(
            link.Questionnaire!,
            link.Version,
            link.RulesVersion,
            SurveyMode.Online,
            link.Invitation?.Id,
            link.Place?.Id,
            link.Invitation?.CustomerId,
            link.Invitation?.Number,
            link.Invitation?.Episode,
            link.Invitation?.Facts,
            link.Place?.Store
        );

    /// <summary>In a call.</summary>
    public static Asked By(FollowUpRow followUp, Questionnaire questionnaire, int version, int rulesVersion) =>
        new(
            questionnaire,
            version,
            rulesVersion,
            SurveyMode.Phone,
            CustomerId: followUp.CustomerId,
            Number: followUp.Number,
            Episode: followUp.Episode,
            Facts: followUp.Facts
        );
}
