using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using MassTransit;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>Somebody tried to call and did not get through: the promise to try is kept, and reported apart from calls that were answered.</summary>
internal sealed class MeetComplaintFollowUpOnFollowUpAttempted(TicketingDbContext db, SurveyNews news)
    : IConsumer<FollowUpAttempted>
{
    public Task Consume(ConsumeContext<FollowUpAttempted> context) =>
        db.HandleOnce(context, ct => Meet(context.Message, ct));

    internal Task Meet(FollowUpAttempted attempted, CancellationToken ct) =>
        news.Take(
            "follow_up_attempted",
            attempted.Number,
            new { followUp = attempted.FollowUpId, attempt = attempted.Attempt },
            new
            {
                followUp = attempted.FollowUpId,
                attempt = attempted.Attempt,
                attempted.Episode,
                attempted.Outcome,
                attempted.CallBackAt,
                attempted.By,
                attemptedAt = attempted.OccurredAt,
            },
            new ClockMove.Fulfilled(ClockName.ComplaintFollowUp, ClockMark.ByAttempt, attempted.Episode),
            attempted.OccurredAt,
            ct
        );
}
