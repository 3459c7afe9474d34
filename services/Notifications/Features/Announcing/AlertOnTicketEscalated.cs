using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>The person whom a step of the ladder names is told: once per clock and step.</summary>
internal sealed class AlertOnTicketEscalated(NotificationsDbContext db, Outgoing outgoing) : IConsumer<TicketEscalated>
{
    public Task Consume(ConsumeContext<TicketEscalated> context) =>
        db.HandleOnce(context, ct => outgoing.Enqueue([.. Alert(context.Message)], ct));

    internal IEnumerable<DeliveryRow> Alert(TicketEscalated escalated)
    {
        if (escalated.Recipient is { } recipient)
            yield return outgoing.ToAgent(
                $"escalation:{escalated.Clock.Instance}:{escalated.Step}",
                "ticket-escalated",
                recipient,
                escalated.Number,
                new()
                {
                    ["clock"] = escalated.Clock.Clock.Word(),
                    ["step"] = escalated.Step,
                    ["to"] = escalated.To.Word(),
                    ["dueAt"] = Outgoing.Moment(escalated.DueAt),
                },
                escalated.NotifyFrom
            );
    }
}
