namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What people write on a ticket for each other.</summary>
internal sealed partial class Ticket
{
    /// <summary>A comment: whoever reads it, it is no contact with the customer and no clock hears of it.</summary>
    public Decision Comment(Wording words, bool isPublic, DateTimeOffset at) =>
        Decide(Command.Comment, at, new Happening.Commented(isPublic, words));
}
