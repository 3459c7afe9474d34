using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using MassTransit;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>Nobody is to call, for a reason: nothing was promised that could be late.</summary>
internal sealed class DropComplaintFollowUpOnFollowUpCancelled(TicketingDbContext db, SurveyNews news)
    : IConsumer<FollowUpCancelled>
{
    public Task Consume(ConsumeContext<FollowUpCancelled> context) =>
        db.HandleOnce(context, ct => Drop(context.Message, ct));

    internal Task Drop(FollowUpCancelled cancelled, CancellationToken ct) =>
        news.Take(
            "follow_up_cancelled",
            cancelled.Number,
            new { followUp = cancelled.FollowUpId },
            new
            {
                followUp = cancelled.FollowUpId,
                cancelled.Episode,
                cancelled.Reason,
                cancelledAt = cancelled.OccurredAt,
            },
            new ClockMove.Dropped(ClockName.ComplaintFollowUp, cancelled.Reason, cancelled.Episode),
            cancelled.OccurredAt,
            ct
        );
}
