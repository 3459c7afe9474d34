using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>Who has not said whether it is solved is asked a second time, and told what silence will mean.</summary>
internal sealed class AskAgainOnConfirmationReminderDue(NotificationsDbContext db, Outgoing outgoing)
    : IConsumer<ConfirmationReminderDue>
{
    public Task Consume(ConsumeContext<ConfirmationReminderDue> context) =>
        db.HandleOnce(context, ct => outgoing.Enqueue([Ask(context.Message)], ct));

    internal DeliveryRow Ask(ConfirmationReminderDue due) =>
        outgoing.ToCustomer(
            $"reminder:{due.TicketId}:{due.Episode}",
            "please-confirm-again",
            "notification",
            due.CustomerId,
            due.Number,
            values: new() { ["closesAt"] = Outgoing.Moment(due.ClosesAt) }
        );
}
