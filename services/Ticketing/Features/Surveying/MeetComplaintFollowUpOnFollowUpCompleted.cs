using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using MassTransit;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>The call that was promised after a complaint is over; whether the customer was reached is told by the outcome.</summary>
internal sealed class MeetComplaintFollowUpOnFollowUpCompleted(TicketingDbContext db, SurveyNews news)
    : IConsumer<FollowUpCompleted>
{
    public Task Consume(ConsumeContext<FollowUpCompleted> context) =>
        db.HandleOnce(context, ct => Meet(context.Message, ct));

    internal Task Meet(FollowUpCompleted completed, CancellationToken ct) =>
        news.Take(
            "follow_up_completed",
            completed.Number,
            new { followUp = completed.FollowUpId },
            new
            {
                followUp = completed.FollowUpId,
                completed.Episode,
                completed.Outcome,
                completed.Attempts,
                response = completed.ResponseId,
                completed.By,
                completedAt = completed.OccurredAt,
            },
            new ClockMove.Fulfilled(
                ClockName.ComplaintFollowUp,
                completed.Outcome is FollowUpOutcome.NoContact or FollowUpOutcome.WrongNumber
                    ? ClockMark.ByAttempt
                    : null,
                completed.Episode
            ),
            completed.OccurredAt,
            ct
        );
}
