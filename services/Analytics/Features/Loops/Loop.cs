using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Analytics.Features.Storing;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Analytics.Features.Loops;

/// <summary>Tells a thread of events as one story.</summary>
internal static class Loop
{
    /// <summary>The events that the story is told from.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ThreadFacts.Types, nameof(RecoveryRequested)];

    /// <param name="recovery">The request that came of its response, where there is one.</param>
    /// <param name="recoveryOf">The request whose response this one makes good.</param>
    public static LoopView Of(
        string number,
        ThreadFacts facts,
        IReadOnlyList<Told> events,
        TicketFact? recovery,
        string? recoveryOf
    )
    {
        Told[] ordered = [.. events.OrderBy(told => told.Version).ThenBy(told => told.OccurredAt)];
        IEnumerable<T> All<T>() => ordered.Select(told => told.Message).OfType<T>();
        return new(
            number,
            All<RequestReceived>().Select(Request).FirstOrDefault(),
            facts.Ticket is { TicketId: not null } ticket ? Ticket(ticket) : null,
            [.. facts.Clocks.OrderBy(clock => clock.StartedAt).ThenBy(clock => clock.Instance).Select(Clock)],
            [
                .. All<CustomerContacted>()
                    .Select(e => new LoopContact(e.OccurredAt, e.Channel, e.Outcome, e.IsFirstContact, e.By)),
            ],
            facts.Ticket?.ResolvedAt is null ? null : All<TicketResolved>().Select(Resolution).LastOrDefault(),
            Confirmed(ordered),
            [.. facts.Invitations.OrderBy(i => i.InvitedAt).ThenBy(i => i.InvitationId).Select(Invitation)],
            facts.Responses.OrderBy(r => r.SubmittedAt).Select(r => Response(r, facts.Scores)).LastOrDefault(),
            All<RecoveryRequested>().Select(e => Recovery(e, recovery)).LastOrDefault(),
            recoveryOf,
            Plans: []
        );
    }

    private static LoopRequest Request(RequestReceived e) =>
        new(
            e.RequestId,
            e.Source,
            e.ExternalId,
            e.Channel,
            e.Type,
            e.Urgency,
            e.Language,
            e.Product,
            e.Region,
            e.Store,
            new(e.Customer.CustomerId, e.Customer.Segment, e.Customer.MaskedName, e.Customer.MaskedPhone),
            [.. e.Promises.Select(promise => new LoopPromise(promise.Clock, promise.DueAt))],
            e.ReceivedAt,
            e.RecordedAt
        );

    private static LoopTicket Ticket(TicketFact ticket) =>
        new(
            ticket.TicketId,
            ticket.Status,
            ticket.Type,
            ticket.Category,
            ticket.Subcategory,
            ticket.ComplaintLevel,
            ticket.Urgency,
            ticket.Team,
            ticket.Agent,
            ticket.Episode,
            ticket.Reopened,
            ticket.Escalated,
            ticket.OpenedAt,
            ticket.FirstContactAt,
            ticket.ResolvedAt,
            ticket.ClosedAt
        );

    private static LoopClock Clock(ClockFact clock) =>
        new(
            clock.Instance,
            clock.Clock,
            clock.Episode,
            clock.State,
            clock.StartedAt,
            clock.DueAt,
            clock.MetAt,
            TimeSpan.FromSeconds(clock.TargetSeconds),
            TimeSpan.FromSeconds(clock.ConsumedSeconds),
            clock.Breached,
            clock.BreachedAt,
            clock.BreachCause,
            clock.CancelReason,
            clock.Marks
        );

    private static LoopResolution Resolution(TicketResolved e) =>
        new(e.OccurredAt, e.Episode, e.FirstContactResolution, e.Team, e.Assignee);

    /// <summary>The customer's last word, or silence.</summary>
    private static LoopConfirmation? Confirmed(IEnumerable<Told> ordered) =>
        ordered
            .Select(told =>
                told.Message switch
                {
                    ResolutionConfirmed e => new LoopConfirmation(e.Confirmation, e.Episode, e.OccurredAt),
                    ResolutionRejected e => new LoopConfirmation(Confirmation.Rejected, e.Episode, e.OccurredAt),
                    _ => null,
                }
            )
            .LastOrDefault(confirmation => confirmation is not null);

    private static LoopInvitation Invitation(InvitationFact invitation) =>
        new(
            invitation.InvitationId,
            invitation.Questionnaire,
            invitation.Episode,
            invitation.State,
            invitation.Reason,
            invitation.SentBy,
            invitation.InvitedAt,
            invitation.OpenedAt,
            invitation.StartedAt,
            invitation.CompletedAt,
            invitation.ExpiresAt
        );

    private static LoopResponse Response(ResponseFact response, IEnumerable<ResponseScore> scores) =>
        new(
            response.ResponseId,
            response.Questionnaire,
            response.QuestionnaireVersion,
            response.Mode,
            response.Language,
            response.Overall,
            response.OverallScale,
            response.Nps,
            response.Ces,
            response.Solved,
            response.Csi,
            scores.Where(s => s.ResponseId == response.ResponseId).ToDictionary(s => s.Dimension, s => s.Score),
            response.Flags,
            response.SubmittedAt
        );

    private static LoopRecovery Recovery(RecoveryRequested e, TicketFact? ticket) =>
        new(e.ResponseId, e.Department, e.Reasons, e.RuleId, e.OccurredAt, ticket?.Number, ticket?.Status);
}
