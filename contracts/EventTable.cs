using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Contracts;

/// <summary>Who publishes what, and which consumer slices take it. The broker's topology and the table in README.md are made from this.</summary>
public static class EventTable
{
    /// <summary>One event: who publishes it, which queues take it.</summary>
    /// <param name="Event">The contract's type.</param>
    /// <param name="Publisher">The service, as <c>intake</c>.</param>
    /// <param name="Queues">The queues bound to it, one per consumer slice.</param>
    public sealed record Row(Type Event, string Publisher, params string[] Queues);

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(typeof(RequestReceived), "intake", "ticketing-open-ticket-on-request-received"),
        new(typeof(CustomerUpserted), "intake"),
        new(typeof(SlaPolicyPublished), "ticketing", "intake-copy-policy-on-sla-policy-published"),
        new(typeof(SlaCalendarPublished), "ticketing", "intake-copy-calendar-on-sla-calendar-published"),
        new(typeof(TicketOpened), "ticketing"),
        new(typeof(TicketStatusChanged), "ticketing", "intake-note-status-on-ticket-status-changed"),
        new(typeof(TicketClassified), "ticketing"),
        new(typeof(TicketAssigned), "ticketing", "intake-note-team-on-ticket-assigned"),
        new(typeof(CustomerContacted), "ticketing"),
        new(typeof(ProgressShared), "ticketing"),
        new(typeof(TicketEscalated), "ticketing"),
        new(typeof(SlaClockStarted), "ticketing"),
        new(typeof(SlaClockPaused), "ticketing"),
        new(typeof(SlaClockResumed), "ticketing"),
        new(typeof(SlaClockRetargeted), "ticketing"),
        new(typeof(SlaClockCancelled), "ticketing"),
        new(typeof(SlaWarningReached), "ticketing"),
        new(typeof(SlaBreached), "ticketing"),
        new(typeof(SlaClockMet), "ticketing"),
        new(typeof(TicketResolved), "ticketing"),
        new(typeof(ResolutionConfirmed), "ticketing"),
        new(typeof(ResolutionRejected), "ticketing"),
        new(typeof(TicketReopened), "ticketing"),
        new(typeof(TicketClosed), "ticketing"),
        new(typeof(TicketCancelled), "ticketing"),
    ];
}
