using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Notifications;
using CustomerFeedback.Contracts.Survey;
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
        .. Published(
            "intake",
            (
                typeof(RequestReceived),
                ["ticketing-open-ticket-on-request-received", "notifications-acknowledge-on-request-received"]
            ),
            (typeof(CustomerUpserted), ["survey-copy-customer-on-customer-upserted"])
        ),
        .. Published(
            "ticketing",
            (typeof(SlaPolicyPublished), ["intake-copy-policy-on-sla-policy-published"]),
            (typeof(SlaCalendarPublished), ["intake-copy-calendar-on-sla-calendar-published"]),
            (typeof(TicketOpened), []),
            (typeof(TicketStatusChanged), ["intake-note-status-on-ticket-status-changed"]),
            (typeof(TicketClassified), ["survey-revise-follow-up-on-ticket-classified"]),
            (typeof(TicketAssigned), ["intake-note-team-on-ticket-assigned", "notifications-alert-on-ticket-assigned"]),
            (typeof(CustomerContacted), ["intake-keep-history"]),
            (typeof(ProgressShared), []),
            (typeof(CollaborationRequested), []),
            (typeof(CollaborationAnswered), []),
            (typeof(EmergencyMobilised), []),
            (typeof(EscalationAcknowledged), []),
            (typeof(TicketEscalated), ["notifications-alert-on-ticket-escalated"]),
            (typeof(SlaClockStarted), []),
            (typeof(SlaClockPaused), []),
            (typeof(SlaClockResumed), []),
            (typeof(SlaClockRetargeted), []),
            (typeof(SlaClockCancelled), []),
            (typeof(SlaWarningReached), []),
            (typeof(SlaBreached), ["notifications-alert-on-sla-breached"]),
            (typeof(SlaClockMet), []),
            (
                typeof(TicketResolved),
                [
                    "notifications-ask-confirmation-on-ticket-resolved",
                    "survey-plan-follow-up-on-ticket-resolved",
                    "intake-keep-history",
                ]
            ),
            (typeof(ConfirmationReminderDue), ["notifications-ask-again-on-confirmation-reminder-due"]),
            (typeof(ResolutionConfirmed), ["survey-plan-invitation-on-resolution-confirmed", "intake-keep-history"]),
            (typeof(ResolutionRejected), ["intake-keep-history"]),
            (typeof(TicketReopened), ["survey-withdraw-invitation-on-ticket-reopened", "intake-keep-history"]),
            (typeof(TicketClosed), ["intake-keep-history"]),
            (typeof(TicketCancelled), ["survey-withdraw-invitation-on-ticket-cancelled", "intake-keep-history"]),
            (typeof(HandlingSignalled), []),
            (typeof(TicketsMerged), []),
            (typeof(TicketSplit), ["intake-open-split-on-ticket-split"]),
            (typeof(VisitCompleted), [])
        ),
        .. Published(
            "survey",
            (typeof(QuestionnairePublished), []),
            (
                typeof(SurveyInvited),
                [
                    "ticketing-meet-survey-dispatch-on-survey-invited",
                    "notifications-send-link-on-survey-invited",
                    "intake-keep-history",
                ]
            ),
            (
                typeof(SurveyInvitationSuppressed),
                ["ticketing-drop-survey-dispatch-on-survey-invitation-suppressed", "intake-keep-history"]
            ),
            (typeof(SurveyInvitationCancelled), []),
            (typeof(SurveyOpened), []),
            (typeof(SurveyStarted), []),
            (typeof(SurveyCompleted), ["intake-keep-history"]),
            (typeof(RecoveryRequested), ["intake-open-recovery-on-recovery-requested"]),
            (typeof(FollowUpDue), []),
            (
                typeof(FollowUpAttempted),
                ["ticketing-meet-complaint-follow-up-on-follow-up-attempted", "intake-keep-history"]
            ),
            (
                typeof(FollowUpCompleted),
                ["ticketing-meet-complaint-follow-up-on-follow-up-completed", "intake-keep-history"]
            ),
            (
                typeof(FollowUpCancelled),
                ["ticketing-drop-complaint-follow-up-on-follow-up-cancelled", "intake-keep-history"]
            )
        ),
        .. Published("notifications", (typeof(NotificationDelivered), []), (typeof(NotificationFailed), [])),
    ];

    /// <summary>Analytics keeps every event, from one queue.</summary>
    private const string Store = "analytics-store-events";

    private static IEnumerable<Row> Published(string publisher, params (Type Event, string[] Slices)[] events) =>
        events.Select(e => new Row(e.Event, publisher, [.. e.Slices, Store]));
}
