using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using MassTransit;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>The customer is not asked, for a reason: nothing was promised that could be late.</summary>
internal sealed class DropSurveyDispatchOnSurveyInvitationSuppressed(TicketingDbContext db, SurveyNews news)
    : IConsumer<SurveyInvitationSuppressed>
{
    public Task Consume(ConsumeContext<SurveyInvitationSuppressed> context) =>
        db.HandleOnce(context, ct => Drop(context.Message, ct));

    internal Task Drop(SurveyInvitationSuppressed suppressed, CancellationToken ct) =>
        suppressed is { Number: { } number, Episode: { } episode }
            ? news.Take(
                "survey_suppressed",
                number,
                new { invitation = suppressed.InvitationId },
                new
                {
                    invitation = suppressed.InvitationId,
                    questionnaire = suppressed.QuestionnaireId,
                    episode,
                    suppressed.Reason,
                    suppressedAt = suppressed.OccurredAt,
                },
                new ClockMove.Dropped(ClockName.SurveyDispatch, suppressed.Reason, episode),
                suppressed.OccurredAt,
                ct
            )
            : Task.CompletedTask; // a survey without a ticket
}
