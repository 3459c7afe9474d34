using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Masking;
using CustomerFeedback.Ticketing.Domain;
using HandlingSignal = CustomerFeedback.Ticketing.Domain.HandlingSignal;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>How an episode ends, and what is corrected on the way.</summary>
internal static partial class Announce
{
    private static void Resolved(this Announcement story, Happening.Resolved resolved)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("resolved", new { resolved.FirstContactResolution }, NoteKind.Solution, resolved.Words);
        story.Publish(v => new TicketResolved(
            t.Id,
            t.Number,
            v,
            t.CustomerId,
            t.Episode,
            resolved.FirstContactResolution,
            t.Assignee,
            t.Team,
            at,
            t.Facts(),
            MaskedText.Of(resolved.Words.Text)
        ));
    }

    private static void Confirmed(this Announcement story, Happening.Confirmed confirmed)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell(Refusal.Spell(confirmed.Kind), new { t.SummaryMissing }, NoteKind.Confirmation, confirmed.Words);
        story.Publish(v => new ResolutionConfirmed(
            t.Id,
            t.Number,
            v,
            t.CustomerId,
            t.Episode,
            confirmed.Kind.To<Words.Confirmation>(),
            t.FirstContactAt is not null,
            t.Facts(),
            at,
            t.RecordedBy
        ));
    }

    private static void Reminded(this Announcement story, DateTimeOffset closesAt)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("reminded", new { closesAt });
        story.Publish(v => new ConfirmationReminderDue(t.Id, t.Number, v, t.CustomerId, t.Episode, closesAt, at));
    }

    private static void Rejected(this Announcement story, Happening.Rejected rejected)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("rejected", new { episode = rejected.Episode }, NoteKind.Rejection, rejected.Words);
        story.Publish(v => new ResolutionRejected(t.Id, t.Number, v, t.CustomerId, rejected.Episode, at));
    }

    private static void Reopened(this Announcement story, TicketStatus from)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("reopened", new { from, episode = t.Episode });
        story.Publish(v => new TicketReopened(
            t.Id,
            t.Number,
            v,
            t.CustomerId,
            t.Episode,
            from.To<Words.TicketStatus>(),
            at
        ));
    }

    private static void Signalled(this Announcement story, HandlingSignal signal)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("handling_signal", new { signal });
        story.Publish(v => new HandlingSignalled(
            t.Id,
            t.Number,
            v,
            signal.To<Words.HandlingSignal>(),
            t.Episode,
            t.Team,
            t.Assignee,
            at
        ));
    }

    private static void Closed(this Announcement story, Confirmation kind)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("closed", new { confirmation = kind });
        story.Publish(v => new TicketClosed(
            t.Id,
            t.Number,
            v,
            t.CustomerId,
            t.Episode,
            kind.To<Words.Confirmation>(),
            at
        ));
    }

    private static void Cancelled(this Announcement story, Happening.Cancelled cancelled)
    {
        var (t, at) = (story.Ticket, story.At);
        var reason = Refusal.Spell(cancelled.Reason);
        story.Tell("cancelled", new { reason }, NoteKind.Cancellation, cancelled.Words);
        story.Publish(v => new TicketCancelled(t.Id, t.Number, v, t.CustomerId, reason, story.By, at));
    }

    private static void Classified(this Announcement story, Happening.Classified classified)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell("classified", new { changes = classified.Overrides, classified.Explanation });
        story.Publish(v => new TicketClassified(
            t.Id,
            t.Number,
            v,
            t.Facts(),
            story.By,
            at,
            t.CustomerId,
            t.Episode,
            t.ResolvedAt
        ));
    }
}
