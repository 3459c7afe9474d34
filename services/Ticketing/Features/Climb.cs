using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.Ticketing.Features.Sla;
using CustomerFeedback.Ticketing.Features.Work;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>
/// Tells what came over the clocks of a locked ticket, and does what the steps of the ladder ask for that fired: whoever fired them, the timer or a
/// command, in the transaction that fires them. So a step acts as often as it fires, once.
/// </summary>
internal sealed class Climb(TicketingDbContext db, Clockwork clocks, Alarms alarms)
{
    /// <summary>Moves the clocks and tells what came of it.</summary>
    /// <param name="people">Null: read where somebody is to be named.</param>
    public async Task Move(
        Announcement story,
        ClockMove move,
        DateTimeOffset at,
        CancellationToken ct,
        EscalationRecipients? people = null
    )
    {
        var changes = await clocks.Move(story.Ticket, move, at, ct);
        // Time may have brought breaches and steps of the ladder about before the command: they name people.
        var tells = changes.Any(change => change is ClockChange.StepFired or ClockChange.Breached);
        if (tells)
        {
            people ??= await EscalationRecipients.Read(db, ct);
            db.AfterCommit(() => SlaMetrics.Count(changes));
        }
        await Tell(story, changes, tells ? people : null, ct);
    }

    /// <summary>Tells all of it first, and then does what steps ask for, in their order: what comes of one may have the next find things changed.</summary>
    public async Task Tell(
        Announcement story,
        IReadOnlyList<ClockChange> changes,
        EscalationRecipients? people,
        CancellationToken ct
    )
    {
        story.Clocks(changes, people);
        foreach (var step in changes.OfType<ClockChange.StepFired>().Where(step => step.Acts))
            await Act(story.As(Announcement.System), step, people!, ct);
    }

    // Ends, although a raised urgency may make further steps due: each fires once in its clock's life, and no clock starts twice.
    private async Task Act(
        Announcement story,
        ClockChange.StepFired step,
        EscalationRecipients people,
        CancellationToken ct
    )
    {
        var (ticket, at) = (story.Ticket, story.At);
        var to = people.Of(step.To, ticket, at);
        var because = $"step {step.Step} of the ladder of {Word.Of(step.Clock.Name)}, to {Word.Of(step.To)}";
        var decision = await Decide(story, step.Action, to, because, ct);
        if (decision.Refusal is { } refusal)
        {
            story.Tell(
                "escalation_only_told",
                new
                {
                    clock = step.Clock.Name,
                    instance = step.Clock.Id,
                    step.Step,
                    step.Action,
                    reason = refusal.Code,
                    refusal.Detail,
                }
            );
            return;
        }

        story.Happenings(decision.Happenings);
        alarms.RingFor(db, decision);
        if (decision.Move(ticket, story.By) is { } move)
            await Move(story, move, at, ct, people);
    }

    private async Task<Decision> Decide(
        Announcement story,
        EscalationAction action,
        string? to,
        string because,
        CancellationToken ct
    )
    {
        var ticket = story.Ticket;
        if (action is not EscalationAction.RaiseUrgency)
            return ticket.Escalate(action, to, story.By, because, story.At);
        var before = ticket.RoutingFacts(await db.RoutedAttributes(ticket, ct, story.Entries));
        var raised = ticket.Escalate(action, to, story.By, because, story.At);
        return raised.Refusal is null
            ? await raised.QueueAnew(before, ticket, new(story.By, story.At), story.Entries, db, ct)
            : raised;
    }
}
