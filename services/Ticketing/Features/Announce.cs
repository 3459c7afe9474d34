using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Ticketing.Domain;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>The one place where what happened to a ticket becomes its timeline and its events.</summary>
internal static partial class Announce
{
    public static void Happenings(this Announcement story, IEnumerable<Happening> happenings)
    {
        foreach (var happening in happenings)
            story.Happened(happening);
    }

    private static void Happened(this Announcement story, Happening happening)
    {
        switch (happening)
        {
            case Happening.Opened opened:
                story.Opened(opened);
                break;
            case Happening.StatusChanged(var from, var to):
                // The line that says why carries the new status.
                story.StatusChanged(from, to);
                break;
            case Happening.Assigned assigned:
                story.Assigned(assigned);
                break;
            case Happening.Contacted contacted:
                story.Contacted(contacted);
                break;
            case Happening.ContactExcused(var attempts, var words):
                story.Tell("contact_excused", new { attempts }, NoteKind.Contact, words);
                break;
            case Happening.Updated updated:
                story.Updated(updated);
                break;
            case Happening.Paused(var reason, var until, var words):
                story.Tell("paused", new { reason, until }, NoteKind.Pause, words);
                break;
            case Happening.Resumed(var reason, var cause):
                story.Tell("resumed", new { reason, cause });
                break;
            case Happening.Resolved resolved:
                story.Resolved(resolved);
                break;
            case Happening.Confirmed confirmed:
                story.Confirmed(confirmed);
                break;
            case Happening.Reminded(var closesAt):
                story.Reminded(closesAt);
                break;
            case Happening.Rejected rejected:
                story.Rejected(rejected);
                break;
            case Happening.Reopened(var from, _):
                story.Reopened(from);
                break;
            case Happening.Signalled(var signal):
                story.Signalled(signal);
                break;
            case Happening.Closed(var kind):
                story.Closed(kind);
                break;
            case Happening.Cancelled cancelled:
                story.Cancelled(cancelled);
                break;
            case Happening.Classified classified:
                story.Classified(classified);
                break;
            case Happening.SummaryWritten(var words):
                story.Tell("case_summary", new { }, NoteKind.CaseSummary, words);
                break;
            case Happening.CollaborationAsked asked:
                story.Asked(asked);
                break;
            case Happening.CollaborationAnswered answered:
                story.Answered(answered);
                break;
            case Happening.EscalationAcknowledged(var instances, var words):
                // The clocks tell the others, each for itself.
                story.Tell("escalation_acknowledged", new { instances }, NoteKind.Acknowledgement, words);
                break;
            case Happening.Mobilised mobilised:
                story.Mobilised(mobilised);
                break;
            case Happening.CustomerWrote(var words):
                story.Tell("customer_message", new { }, NoteKind.Message, words);
                break;
            default:
                story.HappenedBeside(happening);
                break;
        }
    }

    private static void Opened(this Announcement story, Happening.Opened opened)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell(
            "opened",
            new
            {
                t.Origin.Source,
                t.Origin.Channel,
                t.RecordedBy,
                t.Origin.ReceivedAt,
                t.Category,
                t.Subcategory,
                t.ComplaintLevel,
                t.Urgency,
                Classified = t.ClassifiedBy,
                Routed = new
                {
                    t.Routed.RuleId,
                    t.Routed.RulesVersion,
                    t.Team,
                    t.Routed.To,
                    opened.Attributes,
                },
            },
            NoteKind.Description,
            opened.Words
        );
        story.Publish(v => new TicketOpened(
            t.Id,
            t.Number,
            v,
            t.RequestId,
            t.CustomerId,
            t.Facts(),
            t.Origin.ReceivedAt,
            at
        ));
    }

    private static void StatusChanged(this Announcement story, TicketStatus from, TicketStatus to)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Publish(v => new TicketStatusChanged(
            t.Id,
            t.Number,
            v,
            from.To<Words.TicketStatus>(),
            to.To<Words.TicketStatus>(),
            t.Episode,
            at
        ));
    }

    private static void Assigned(this Announcement story, Happening.Assigned assigned)
    {
        var (t, at) = (story.Ticket, story.At);
        story.Tell(
            assigned.Kind,
            new
            {
                t.Team,
                t.Assignee,
                t.AccountableOwner,
                assigned.Explanation,
            },
            NoteKind.Assignment,
            assigned.Why
        );
        story.Publish(v => new TicketAssigned(
            t.Id,
            t.Number,
            v,
            t.Team,
            t.Assignee,
            t.AccountableOwner,
            assigned.Kind,
            assigned.Explanation,
            at
        ));
    }

    private static void Contacted(this Announcement story, Happening.Contacted contacted)
    {
        var (t, at) = (story.Ticket, story.At);
        var (channel, outcome, isFirst, words) = contacted;
        story.Tell(
            "contact",
            new
            {
                channel,
                outcome,
                firstContact = isFirst,
                contacted.Rule,
            },
            NoteKind.Contact,
            words
        );
        story.Publish(v => new CustomerContacted(
            t.Id,
            t.Number,
            v,
            t.CustomerId,
            channel.To<Words.Channel>(),
            Refusal.Spell(outcome),
            isFirst,
            story.By,
            at
        ));
    }

    private static void Updated(this Announcement story, Happening.Updated updated)
    {
        var (t, at) = (story.Ticket, story.At);
        var (kind, newEstimate, words) = updated;
        var noteKind = kind switch
        {
            UpdateKind.HandlingOpinion => NoteKind.HandlingOpinion,
            UpdateKind.Plan => NoteKind.Plan,
            UpdateKind.Answer => NoteKind.Answer,
            UpdateKind.Progress => NoteKind.Progress,
        };
        story.Tell(Refusal.Spell(kind), new { newEstimate }, noteKind, words, updated.NoteId);
        story.Publish(v => new ProgressShared(
            t.Id,
            t.Number,
            v,
            kind.To<Words.UpdateKind>(),
            newEstimate,
            story.By,
            at
        ));
    }
}
