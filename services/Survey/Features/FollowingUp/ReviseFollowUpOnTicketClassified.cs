using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Data;
using MassTransit;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>A resolved ticket turns out to be a complaint, or to be none: its clock starts or ends, and so does the task.</summary>
internal sealed class ReviseFollowUpOnTicketClassified(SurveyDbContext db, FollowUpPlans plans)
    : IConsumer<TicketClassified>
{
    public Task Consume(ConsumeContext<TicketClassified> context) =>
        db.HandleOnce(context, ct => Revise(context.Message, ct));

    internal Task Revise(TicketClassified classified, CancellationToken ct) =>
        classified
            is not { ResolvedAt: { } resolvedAt, Episode: { } episode, CustomerId: { } customer, Facts: var facts }
            ? Task.CompletedTask
        : facts.Category is Category.Complaint
            ? plans.Plan(classified.Number, episode, classified.Version, customer, facts, resolvedAt, ct)
        : plans.Drop(classified.Number, episode, classified.Version, ct);
}
