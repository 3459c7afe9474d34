using System.Collections.Frozen;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>
/// All that is known of one thread of events: a pure function of the events, whatever the order in which they came. So a late event is a correction,
/// and replaying the store gives what it gave before.
/// </summary>
internal sealed record ThreadFacts(
    TicketFact? Ticket,
    IReadOnlyCollection<ClockFact> Clocks,
    IReadOnlyCollection<ResponseFact> Responses,
    IReadOnlyCollection<ResponseScore> Scores,
    IReadOnlyCollection<InvitationFact> Invitations
)
{
    public static ThreadFacts None { get; } = new(null, [], [], [], []);

    /// <summary>The events that facts are made of; the others are only kept.</summary>
    public static FrozenSet<string> Types { get; } =
        new[]
        {
            nameof(RequestReceived),
            nameof(TicketOpened),
            nameof(TicketStatusChanged),
            nameof(TicketClassified),
            nameof(TicketAssigned),
            nameof(CustomerContacted),
            nameof(TicketEscalated),
            nameof(TicketResolved),
            nameof(ResolutionConfirmed),
            nameof(ResolutionRejected),
            nameof(TicketReopened),
            nameof(TicketClosed),
            nameof(TicketCancelled),
            nameof(SlaClockStarted),
            nameof(SlaClockPaused),
            nameof(SlaClockResumed),
            nameof(SlaClockRetargeted),
            nameof(SlaClockCancelled),
            nameof(SlaWarningReached),
            nameof(SlaBreached),
            nameof(SlaClockMet),
            nameof(SurveyInvited),
            nameof(SurveyInvitationSuppressed),
            nameof(SurveyInvitationCancelled),
            nameof(SurveyOpened),
            nameof(SurveyStarted),
            nameof(SurveyCompleted),
        }.ToFrozenSet(StringComparer.Ordinal);

    public static ThreadFacts Of(string thread, IEnumerable<Told> events)
    {
        // Two subjects may share a version: the time, and then the name, make the order whole.
        var ordered = events
            .OrderBy(told => told.Version)
            .ThenBy(told => told.OccurredAt)
            .ThenBy(told => told.Message.GetType().Name, StringComparer.Ordinal)
            .ToList();
        var tickets = new TicketFold(thread);
        foreach (var told in ordered)
            tickets.Apply(told);
        var surveys = new SurveyFold(thread, tickets.Ticket);
        foreach (var told in ordered)
            surveys.Apply(told);
        return new(tickets.Ticket, tickets.Clocks, surveys.Responses, surveys.Scores, surveys.Invitations);
    }
}
