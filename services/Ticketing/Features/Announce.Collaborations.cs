using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <content>What is asked of other departments and people.</content>
internal static partial class Announce
{
    private static void Asked(this Announcement story, Happening.CollaborationAsked asked)
    {
        var (t, form) = (story.Ticket, asked.Form);
        story.Tell(
            "collaboration_requested",
            new
            {
                collaboration = form.Id,
                form.Department,
                form.AnswerBy,
            },
            NoteKind.Collaboration,
            asked.Words,
            form.Id
        );
        story.Publish(v => new CollaborationRequested(
            t.Id,
            t.Number,
            v,
            form.Id,
            form.Department,
            form.AnswerBy,
            story.By,
            story.At
        ));
    }

    private static void Mobilised(this Announcement story, Happening.Mobilised mobilised)
    {
        var t = story.Ticket;
        story.Tell("people_gathered", new { mobilised.People }, NoteKind.Mobilisation, mobilised.Words);
        story.Publish(v => new EmergencyMobilised(t.Id, t.Number, v, mobilised.People, story.By, story.At));
    }

    private static void Answered(this Announcement story, Happening.CollaborationAnswered answered)
    {
        var (t, form) = (story.Ticket, answered.Form);
        story.Tell(
            "collaboration_answered",
            new
            {
                collaboration = form.Id,
                form.Department,
                inTime = form.IsInTime,
            },
            NoteKind.CollaborationAnswer,
            answered.Words,
            form.AnswerId
        );
        story.Publish(v => new CollaborationAnswered(
            t.Id,
            t.Number,
            v,
            form.Id,
            form.Department,
            form.IsInTime,
            story.By,
            story.At
        ));
    }
}
