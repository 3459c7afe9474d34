using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>The customer is told: accepted, under this number, and by when somebody will be in touch.</summary>
internal sealed class AcknowledgeOnRequestReceived(NotificationsDbContext db, Outgoing outgoing)
    : IConsumer<Batch<RequestReceived>>
{
    public Task Consume(ConsumeContext<Batch<RequestReceived>> context) =>
        db.HandleOnce(
            context,
            (fresh, ct) => outgoing.Enqueue([.. fresh.Select(message => Acknowledge(message.Message))], ct)
        );

    internal DeliveryRow Acknowledge(RequestReceived request)
    {
        var promised = request.Promises.FirstOrDefault(promise => promise.Clock is SlaClockName.FirstContact);
        var values = new Dictionary<string, string>();
        if (promised is not null)
            values["promisedAt"] = Outgoing.Moment(promised.DueAt);
        return outgoing.ToCustomer(
            $"request:{request.RequestId}",
            promised is null ? "request-received" : "request-accepted",
            "notification",
            request.Customer.CustomerId,
            request.Number,
            (request.Customer.PreferredChannel ?? request.Channel).Word(),
            request.Language,
            values: values
        );
    }
}
