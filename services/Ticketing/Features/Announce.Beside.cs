using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Ticketing.Domain;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Features;

/// <content>What happens beside the handling: what people write on a ticket, and how tickets belong together.</content>
internal static partial class Announce
{
    private static void HappenedBeside(this Announcement story, Happening happening)
    {
        switch (happening)
        {
            // Two kinds, so that whoever may read only one of them is asked about the kind and never about a flag.
            case Happening.Commented(IsPublic: true, var words):
                story.Tell(TimelineEntry.PublicComment, new { }, NoteKind.PublicComment, words);
                break;
            case Happening.Commented(IsPublic: false, var words):
                story.Tell(TimelineEntry.InternalComment, new { }, NoteKind.Comment, words);
                break;
            case Happening.Marked(MarkKind.Tag, var tag, var isSet):
                story.Tell(isSet ? "tagged" : "untagged", new { tag });
                break;
            case Happening.Marked(MarkKind.Watcher, var agent, var isSet):
                story.Tell(isSet ? "watched" : "unwatched", new { agent });
                break;
            case Happening.Linked(var kind, var number, var isSet):
                story.Tell(isSet ? "linked" : "unlinked", new { kind, number });
                break;
            case Happening.MergedInto merged:
                story.MergedInto(merged);
                break;
            case Happening.TookIn(var number, var words):
                story.Tell("merged_from", new { number }, NoteKind.Merge, words);
                break;
            case Happening.SplitOff split:
                story.SplitOff(split);
                break;
            case Happening.CameFrom(var number):
                story.Tell("split_from", new { number });
                break;
            case Happening.VisitArranged(var visit):
                story.Arranged(visit);
                break;
            case Happening.VisitReported(var visit, var words):
                story.Reported(visit, words);
                break;
            case Happening.PlanAnswered(var agreed, var words):
                story.Tell(agreed ? "plan_agreed" : "plan_declined", new { }, NoteKind.PlanAgreement, words);
                break;
            case Happening.StepTaken(var step, var state, var overrides, var words):
                story.Tell(
                    state is StepState.Done ? "step_done" : "step_started",
                    new { step, overrides },
                    NoteKind.PlanStep,
                    words
                );
                break;
            default:
                throw new InvalidOperationException($"{happening.GetType().Name} is told nowhere.");
        }
    }

    private static void MergedInto(this Announcement story, Happening.MergedInto merged)
    {
        var t = story.Ticket;
        story.Tell("merged_into", new { number = merged.Number });
        story.Publish(v => new TicketsMerged(
            t.Id,
            t.Number,
            v,
            merged.Into,
            merged.Number,
            t.CustomerId,
            story.By,
            story.At
        ));
    }

    private static void SplitOff(this Announcement story, Happening.SplitOff split)
    {
        var (t, origin) = (story.Ticket, story.Ticket.Origin);
        var (part, type, urgency, account) = split;
        story.Tell("split_off", new { split = part.Id, part.Number }, NoteKind.Split, account.Wording);
        story.Publish(v => new TicketSplit(
            t.Id,
            t.Number,
            v,
            part.Id,
            part.Number,
            t.CustomerId,
            t.RecordedBy,
            origin.Channel.To<Words.Channel>(),
            type.To<Words.RequestType>(),
            urgency.To<Words.Urgency>(),
            origin.Language,
            account.Subject,
            new(account.What, account.When, account.Where, account.Expectation),
            origin.Product,
            origin.ProductVersion,
            origin.OrderRef,
            origin.ServiceStage?.To<Words.ServiceStage>(),
            origin.Region,
            origin.Store,
            origin.ReceivedAt,
            story.By,
            story.At
        ));
    }
}
