using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Ticketing.Domain;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>The border between our words and those that travel: the same names, so nothing is translated, only carried over.</summary>
internal static class Wire
{
    public static TOut To<TOut>(this Enum word)
        where TOut : struct, Enum => Enum.Parse<TOut>(word.ToString());

    /// <summary>Ours for a word that travelled; <paramref name="otherwise"/> for one that a newer sender knows and we do not.</summary>
    public static TOut Or<TOut>(this Enum word, TOut otherwise)
        where TOut : struct, Enum => Enum.TryParse<TOut>(word.ToString(), out var known) ? known : otherwise;

    /// <summary>What the ticket is counted by, as it stands.</summary>
    public static TicketFacts Facts(this Ticket ticket) =>
        new(
            ticket.Origin.Type.To<Words.RequestType>(),
            ticket.Category.To<Words.Category>(),
            ticket.Subcategory.To<Words.Subcategory>(),
            ticket.ComplaintLevel,
            ticket.Urgency.To<Words.Urgency>(),
            ticket.Complex,
            ticket.Origin.Channel.To<Words.Channel>(),
            ticket.Origin.Segment.To<Words.Segment>(),
            ticket.Origin.Language,
            ticket.Origin.ServiceStage?.To<Words.ServiceStage>(),
            ticket.Origin.Product,
            ticket.Origin.Region,
            ticket.Origin.Store,
            ticket.Team,
            ticket.Assignee
        );
}
