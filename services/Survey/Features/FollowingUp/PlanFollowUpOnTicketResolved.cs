using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Data;
using MassTransit;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>A complaint was resolved: the customer is called within a day, once per episode.</summary>
internal sealed class PlanFollowUpOnTicketResolved(SurveyDbContext db, FollowUpPlans plans) : IConsumer<TicketResolved>
{
    public Task Consume(ConsumeContext<TicketResolved> context) =>
        db.HandleOnce(context, ct => Plan(context.Message, ct));

    // An older Ticketing does not say what kind of ticket it was, and starts no clock either.
    internal Task Plan(TicketResolved resolved, CancellationToken ct) =>
        resolved.Facts is { Category: Category.Complaint } facts
            ? plans.Plan(
                resolved.Number,
                resolved.Episode,
                resolved.Version,
                resolved.CustomerId,
                facts,
                resolved.OccurredAt,
                ct
            )
            : Task.CompletedTask;
}
