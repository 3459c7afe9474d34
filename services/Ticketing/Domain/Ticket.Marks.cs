namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What people write on a ticket for each other.</summary>
internal sealed partial class Ticket
{
    /// <summary>A comment: whoever reads it, it is no contact with the customer and no clock hears of it.</summary>
    public Decision Comment(Wording words, bool isPublic, DateTimeOffset at) =>
        Decide(Command.Comment, at, new Happening.Commented(isPublic, words));

    /// <summary>Sets a mark.</summary>
    /// <param name="others">The marks of that kind that it carries.</param>
    public Decision SetMark(MarkKind kind, string value, IReadOnlyCollection<Mark> others, DateTimeOffset at) =>
        others.Any(mark => mark.Value == value) ? Decision.NothingNew
        : others.Count >= Mark.MostOfAKind ? Refusal.TooMany(kind, Mark.MostOfAKind)
        : Decide(CommandFor(kind), at, new Happening.Marked(kind, value, IsSet: true));

    /// <summary>Takes a mark away.</summary>
    /// <inheritdoc cref="SetMark" path="/param"/>
    public Decision TakeMark(MarkKind kind, string value, IReadOnlyCollection<Mark> others, DateTimeOffset at) =>
        others.All(mark => mark.Value != value)
            ? Decision.NothingNew
            : Decide(CommandFor(kind), at, new Happening.Marked(kind, value, IsSet: false));

    private static Command CommandFor(MarkKind kind) =>
        kind switch
        {
            MarkKind.Tag => Command.Tag,
            MarkKind.Watcher => Command.Watch,
        };
}
