using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>
/// Whoever is given a ticket gets a summary of it. Whoever took it has it in front of them, and a team is nobody. What it says is asked for when it
/// is sent (<see cref="Sending.Edges.Briefing"/>).
/// </summary>
internal sealed class AlertOnTicketAssigned(NotificationsDbContext db, Outgoing outgoing)
    : IConsumer<Batch<TicketAssigned>>
{
    public const string Template = "ticket-assigned";

    private const string Claimed = "claimed";

    public Task Consume(ConsumeContext<Batch<TicketAssigned>> context) =>
        db.HandleOnce(
            context,
            (fresh, ct) => outgoing.Enqueue([.. fresh.SelectMany(message => Alert(message.Message))], ct)
        );

    internal IEnumerable<DeliveryRow> Alert(TicketAssigned assigned)
    {
        if (assigned is { Assignee: { } assignee, Kind: not Claimed })
            yield return outgoing.ToAgent(
                $"assigned:{assigned.TicketId}:{assigned.Version}",
                Template,
                assignee,
                assigned.Number,
                []
            );
    }
}
