using System.Globalization;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>The person whom a step of the ladder names is told: once per clock and step, and not where the breach itself tells them.</summary>
internal sealed class AlertOnTicketEscalated(NotificationsDbContext db, Outgoing outgoing) : IConsumer<TicketEscalated>
{
    /// <summary>Begins the name of a step at a share of the target: <c>at:1</c> is the breach.</summary>
    private const string AtShare = "at:";

    public Task Consume(ConsumeContext<TicketEscalated> context) =>
        db.HandleOnce(context, ct => outgoing.Enqueue([.. Alert(context.Message)], ct));

    internal IEnumerable<DeliveryRow> Alert(TicketEscalated escalated)
    {
        if (escalated.Recipient is { } recipient && !IsToldOfTheBreach(recipient, escalated))
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

    // The step at the breach and the breach are one instant: whoever holds the ticket is told of it once, by AlertOnSlaBreached.
    private static bool IsToldOfTheBreach(string recipient, TicketEscalated escalated) =>
        recipient == escalated.Clock.Assignee
        && escalated.Step.StartsWith(AtShare, StringComparison.Ordinal)
        && decimal.TryParse(escalated.Step.AsSpan(AtShare.Length), CultureInfo.InvariantCulture, out var share)
        && share == 1;
}
