using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.Ticketing.Features.Sla;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>The one place where what came over the clocks becomes a ticket's timeline and its events; commands and timers use it alike.</summary>
internal static class AnnounceClocks
{
    /// <summary>Tells what came over the clocks, in order.</summary>
    /// <param name="people">Name whom a step of the ladder tells, and from when; null where nobody is to be told.</param>
    public static void Clocks(
        this Announcement story,
        IEnumerable<ClockChange> changes,
        EscalationRecipients? people = null
    )
    {
        foreach (var change in changes)
            story.Changed(change, people);
    }

    private static void Changed(this Announcement story, ClockChange change, EscalationRecipients? people)
    {
        var (t, at) = (story.Ticket, story.At);
        var (clock, reading) = change;
        var facts = Facts(t, clock, reading);
        switch (change)
        {
            case ClockChange.Started:
                story.Tell(
                    "sla_clock_started",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        reading.StartedAt,
                        reading.Target,
                        reading.DueAt,
                    }
                );
                story.Publish(v => new SlaClockStarted(t.Id, t.Number, v, facts, reading.StartedAt, at));
                break;
            case ClockChange.Paused(_, _, var reason):
                story.Tell(
                    "sla_clock_paused",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        reason,
                        reading.Consumed,
                    }
                );
                story.Publish(v => new SlaClockPaused(t.Id, t.Number, v, facts, reason.To<Words.PauseReason>(), at));
                break;
            case ClockChange.Resumed:
                story.Tell(
                    "sla_clock_resumed",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        reading.DueAt,
                    }
                );
                story.Publish(v => new SlaClockResumed(t.Id, t.Number, v, facts, at));
                break;
            case ClockChange.Retargeted(_, _, var previous):
                story.Tell(
                    "sla_clock_retargeted",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        previousTarget = previous,
                        reading.Target,
                        reading.DueAt,
                    }
                );
                story.Publish(v => new SlaClockRetargeted(t.Id, t.Number, v, facts, previous, at));
                break;
            case ClockChange.Met(_, _, var metAt, var isCorrection):
                story.Tell(
                    "sla_clock_met",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        metAt,
                        inTime = reading.BreachedAt is null,
                        correction = isCorrection,
                        reading.Marks,
                    }
                );
                story.Publish(v => new SlaClockMet(t.Id, t.Number, v, facts, metAt, at));
                break;
            case ClockChange.Cancelled(_, _, var reason):
                story.Tell(
                    "sla_clock_cancelled",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        reason,
                    }
                );
                story.Publish(v => new SlaClockCancelled(t.Id, t.Number, v, facts, reason, at));
                break;
            case ClockChange.WarningReached(_, _, _, var share, var reachedAt):
                story.Tell(
                    "sla_warning_reached",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        share,
                        reachedAt,
                        reading.DueAt,
                    }
                );
                story.Publish(v => new SlaWarningReached(t.Id, t.Number, v, facts, share, reachedAt, at));
                break;
            case ClockChange.Breached(_, _, var breachedAt, var cause):
                var quietUntil = people?.QuietUntil(t.Assignee, t, at);
                story.Tell(
                    "sla_breached",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        breachedAt,
                        cause,
                    }
                );
                story.Publish(v => new SlaBreached(
                    t.Id,
                    t.Number,
                    v,
                    facts,
                    cause.To<Words.BreachCause>(),
                    breachedAt,
                    at,
                    quietUntil
                ));
                break;
            case ClockChange.Acknowledged:
                story.Publish(v => new EscalationAcknowledged(t.Id, t.Number, v, facts, story.By, at));
                break;
            case ClockChange.StepFired(_, _, var step, var to, var dueAt) fired:
                var who = people?.Of(to, t, at);
                // What becomes more urgent by this step waits for no quiet hours.
                var notifyFrom = fired.Action is EscalationAction.RaiseUrgency ? null : people?.QuietUntil(who, t, at);
                story.Tell(
                    "escalated",
                    new
                    {
                        clock = clock.Name,
                        instance = clock.Id,
                        step,
                        to,
                        fired.Action,
                        recipient = who,
                        notifyFrom,
                        dueAt,
                    }
                );
                story.Publish(v => new TicketEscalated(
                    t.Id,
                    t.Number,
                    v,
                    facts,
                    step,
                    to.To<Words.EscalationTarget>(),
                    who,
                    dueAt,
                    at,
                    notifyFrom,
                    fired.Action.To<Words.EscalationAction>()
                ));
                break;
            default:
                throw new InvalidOperationException($"{change.GetType().Name} is told nowhere.");
        }
    }

    private static SlaClockFacts Facts(Ticket ticket, SlaClock clock, ClockReading reading) =>
        new(
            clock.Id,
            clock.Name.To<Words.SlaClockName>(),
            clock.Episode,
            reading.Pin.PolicyId,
            reading.Pin.PolicyVersion,
            reading.Pin.CalendarId,
            reading.Pin.CalendarVersion,
            reading.Target,
            reading.Consumed,
            reading.IsOver ? null : reading.DueAt,
            reading.BreachedAt is not null,
            [.. reading.Marks.Select(Word.Of)],
            ticket.Team,
            ticket.Assignee
        );
}
