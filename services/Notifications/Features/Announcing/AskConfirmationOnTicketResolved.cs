using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>The customer has the last word: asked once per resolution whether it is solved.</summary>
internal sealed class AskConfirmationOnTicketResolved(NotificationsDbContext db, Outgoing outgoing)
    : IConsumer<TicketResolved>
{
    public Task Consume(ConsumeContext<TicketResolved> context) =>
        db.HandleOnce(context, ct => outgoing.Enqueue([Ask(context.Message)], ct));

    internal DeliveryRow Ask(TicketResolved resolved) =>
        outgoing.ToCustomer(
            $"resolved:{resolved.TicketId}:{resolved.Episode}",
            "please-confirm",
            "notification",
            resolved.CustomerId,
            resolved.Number
        );
}
