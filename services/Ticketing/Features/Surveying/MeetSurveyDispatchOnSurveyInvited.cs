using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using MassTransit;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>The customer is asked: the promise to ask is kept, at the time of the invitation.</summary>
internal sealed class MeetSurveyDispatchOnSurveyInvited(TicketingDbContext db, SurveyNews news)
    : IConsumer<SurveyInvited>
{
    public Task Consume(ConsumeContext<SurveyInvited> context) =>
        db.HandleOnce(context, ct => Meet(context.Message, ct));

    internal Task Meet(SurveyInvited invited, CancellationToken ct) =>
        invited is { Number: { } number, Episode: { } episode }
            ? news.Take(
                "survey_invited",
                number,
                new { invitation = invited.InvitationId },
                new
                {
                    invitation = invited.InvitationId,
                    questionnaire = invited.QuestionnaireId,
                    questionnaireVersion = invited.QuestionnaireVersion,
                    episode,
                    invited.Channel,
                    invitedAt = invited.OccurredAt,
                },
                new ClockMove.Fulfilled(ClockName.SurveyDispatch, Episode: episode),
                invited.OccurredAt,
                ct
            )
            : Task.CompletedTask; // a survey without a ticket
}
