using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <content>What people write on a ticket for each other: lines of the timeline, and no events.</content>
internal static partial class Announce
{
    // Two kinds, so that whoever may read only one of them is asked about the kind and never about a flag.
    private static void Commented(this Announcement story, bool isPublic, Wording words)
    {
        if (isPublic)
            story.Tell(TimelineEntry.PublicComment, new { }, NoteKind.PublicComment, words);
        else
            story.Tell(TimelineEntry.InternalComment, new { }, NoteKind.Comment, words);
    }
}
