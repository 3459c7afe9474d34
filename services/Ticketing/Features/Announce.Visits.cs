using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <content>Appointments at the customer's.</content>
internal static partial class Announce
{
    private static void Arranged(this Announcement story, Visit visit) =>
        story.Tell(
            "visit_arranged",
            new
            {
                visit = visit.Id,
                from = visit.StartsAt,
                to = visit.EndsAt,
                visit.Person,
            }
        );

    private static void Reported(this Announcement story, Visit visit, Wording? words)
    {
        var t = story.Ticket;
        var outcome = visit.Outcome is { } known ? Refusal.Spell(known) : "";
        story.Tell(
            "visit_reported",
            new
            {
                visit = visit.Id,
                outcome,
                visit.ArrivedAt,
                visit.Kept,
            },
            NoteKind.Visit,
            words,
            visit.ReportId
        );
        story.Publish(v => new VisitCompleted(
            t.Id,
            t.Number,
            v,
            visit.Id,
            t.CustomerId,
            visit.StartsAt,
            visit.EndsAt,
            visit.ArrivedAt,
            outcome,
            visit.Kept is true,
            story.By,
            story.At
        ));
    }
}
