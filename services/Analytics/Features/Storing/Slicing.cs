using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>What a fact is counted by, taken from events and from other facts.</summary>
internal static class Slicing
{
    /// <summary>As the request came in, before there was a ticket.</summary>
    public static T By<T>(this T fact, RequestReceived request)
        where T : Sliced =>
        (T)(
            (Sliced)fact with
            {
                Type = Word(request.Type),
                Category = Word(request.Classification.Category),
                Subcategory = Word(request.Classification.Subcategory),
                ComplaintLevel = request.Classification.ComplaintLevel,
                Urgency = Word(request.Urgency),
                Channel = Word(request.Channel),
                Segment = Word(request.Customer.Segment),
                ServiceStage = Word(request.ServiceStage),
                Product = request.Product,
                Region = request.Region,
                Store = request.Store,
            }
        );

    /// <summary>As the ticket stood at an event.</summary>
    public static T By<T>(this T fact, TicketFacts? ticket)
        where T : Sliced =>
        ticket is null
            ? fact
            : (T)(
                (Sliced)fact with
                {
                    Type = Word(ticket.Type),
                    Category = Word(ticket.Category),
                    Subcategory = Word(ticket.Subcategory),
                    ComplaintLevel = ticket.ComplaintLevel,
                    Urgency = Word(ticket.Urgency),
                    Complex = ticket.Complex,
                    Channel = Word(ticket.Channel),
                    Segment = Word(ticket.Segment),
                    ServiceStage = Word(ticket.ServiceStage),
                    Product = ticket.Product,
                    Region = ticket.Region,
                    Store = ticket.Store,
                    Team = ticket.Team,
                    Agent = ticket.Assignee,
                }
            );

    /// <summary>As another fact is.</summary>
    public static T Like<T>(this T fact, Sliced? other)
        where T : Sliced =>
        other is null
            ? fact
            : (T)(
                (Sliced)fact with
                {
                    Type = other.Type,
                    Category = other.Category,
                    Subcategory = other.Subcategory,
                    ComplaintLevel = other.ComplaintLevel,
                    Urgency = other.Urgency,
                    Complex = other.Complex,
                    Channel = other.Channel,
                    Segment = other.Segment,
                    ServiceStage = other.ServiceStage,
                    Product = other.Product,
                    Region = other.Region,
                    Store = other.Store,
                    Team = other.Team,
                    Agent = other.Agent,
                }
            );

    /// <summary>Null for what the sender, or this version, does not know.</summary>
    public static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known && Convert.ToInt32(known) != 0 ? Words.Of(known) : null;

    public static string? Word<T>(T value)
        where T : struct, Enum => Word((T?)value);
}
