using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Relating;

/// <summary>A linked ticket, seen from the other side of the link.</summary>
/// <param name="Number">The other ticket.</param>
/// <param name="Kind"><c>related</c>, <c>duplicate_of</c> or <c>has_duplicate</c>, <c>caused_by</c> or <c>causes</c>, <c>follows</c> or <c>followed_by</c>, <c>merged_into</c> or <c>merged_from</c>, <c>split_from</c> or <c>split_into</c>.</param>
internal sealed record LinkView(
    string Number,
    string Kind,
    TicketStatus Status,
    string? Subject,
    string By,
    DateTimeOffset At
)
{
    public static LinkView Of(TicketLink link, Ticket other, string? words) =>
        new(
            other.Number,
            TicketLink.Seen(link.Kind, fromFirst: link.OtherId == other.Id),
            other.Status,
            words?.Split('\n', 2)[0],
            link.By,
            link.At
        );
}
