using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>Whoever holds a ticket is told that a promise was broken: once per clock. A ticket that nobody holds is the ladder's affair.</summary>
internal sealed class AlertOnSlaBreached(NotificationsDbContext db, Outgoing outgoing) : IConsumer<SlaBreached>
{
    public Task Consume(ConsumeContext<SlaBreached> context) =>
        db.HandleOnce(context, ct => outgoing.Enqueue([.. Alert(context.Message)], ct));

    internal IEnumerable<DeliveryRow> Alert(SlaBreached breached)
    {
        if (breached.Clock.Assignee is { } assignee)
            yield return outgoing.ToAgent(
                $"breach:{breached.Clock.Instance}",
                "sla-breached",
                assignee,
                breached.Number,
                new()
                {
                    ["clock"] = breached.Clock.Clock.Word(),
                    ["breachedAt"] = Outgoing.Moment(breached.BreachedAt),
                },
                breached.NotifyFrom
            );
    }
}
