using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using static CustomerFeedback.Analytics.Features.Storing.Slicing;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>A request, its ticket and its clocks, told event by event in order of version.</summary>
internal sealed class TicketFold(string number)
{
    private readonly ClockFold _clocks = new();

    /// <summary>Null until something is told of it.</summary>
    public TicketFact? Ticket { get; private set; }

    public IReadOnlyCollection<ClockFact> Clocks => _clocks.Clocks;

    public void Apply(Told told)
    {
        if (After(Ticket ?? new TicketFact { Number = number, Episode = 1 }, told) is { } ticket)
            Ticket = ticket with
            {
                FirstContactSeconds = Between(ticket.ReceivedAt, ticket.FirstContactAt),
                ResolutionSeconds = Between(ticket.ReceivedAt, ticket.ResolvedAt),
            };
        _clocks.Apply(number, told, Ticket);
    }

    private static double? Between(DateTimeOffset? from, DateTimeOffset? to) =>
        to - from is { } spent ? Math.Max(0, spent.TotalSeconds) : null;

    /// <summary>Null for an event that changes nothing of the ticket.</summary>
    private static TicketFact? After(TicketFact ticket, Told told) =>
        told.Message switch
        {
            RequestReceived e => Received(ticket, e),
            TicketOpened e => ticket.By(e.Facts) with
            {
                TicketId = e.TicketId,
                RequestId = e.RequestId,
                CustomerId = e.CustomerId,
                Language = ticket.Language ?? e.Facts.Language,
                ReceivedAt = e.ReceivedAt,
                OpenedAt = e.OccurredAt,
                Status = ticket.Status ?? "new",
            },
            TicketClassified e => ticket.By(e.Facts),
            TicketAssigned e => ticket with { Team = e.Team, Agent = e.Assignee },
            TicketStatusChanged e => ticket with { Status = Word(e.To), Episode = Math.Max(ticket.Episode, e.Episode) },
            CustomerContacted { Outcome: "reached" } e => ticket with
            {
                FirstContactAt = ticket.FirstContactAt < e.OccurredAt ? ticket.FirstContactAt : e.OccurredAt,
            },
            TicketEscalated => ticket with { Escalated = ticket.Escalated + 1 },
            TicketResolved e => ticket with
            {
                ResolvedAt = e.OccurredAt,
                FirstContactResolution = e.FirstContactResolution,
            },
            ResolutionConfirmed e => ticket with { Confirmation = Word(e.Confirmation) },
            ResolutionRejected => ticket with { Confirmation = "rejected" },
            TicketReopened e => ticket with
            {
                Episode = Math.Max(ticket.Episode, e.Episode),
                Reopened = Math.Max(ticket.Reopened, e.Episode - 1),
                ResolvedAt = null,
                ClosedAt = null,
                FirstContactResolution = null,
            },
            TicketClosed e => ticket with
            {
                ClosedAt = e.OccurredAt,
                Confirmation = Word(e.Confirmation) ?? ticket.Confirmation,
            },
            TicketCancelled => ticket with { Status = "cancelled" },
            _ => null,
        };

    private static TicketFact Received(TicketFact ticket, RequestReceived e)
    {
        var recovery = e.Source == "survey" && Guid.TryParse(e.ExternalId, out var response) ? response : (Guid?)null;
        // The ticket's own word on itself goes before what Intake thought of it.
        var sliced = ticket.TicketId is null ? ticket.By(e) : ticket;
        return sliced with
        {
            RequestId = e.RequestId,
            CustomerId = e.Customer.CustomerId,
            CustomerType = Word(e.Customer.Type),
            NewCustomer = e.Customer.IsNew,
            Language = e.Language,
            Source = e.Source,
            RecordedBy = e.RecordedBy,
            ReceivedAt = e.ReceivedAt,
            IsRecovery = recovery is not null,
            RecoveryResponseId = recovery,
            RecoveryOf = e.Attributes.GetValueOrDefault("recovery_of"),
        };
    }
}
