namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What a person corrects.</summary>
internal sealed partial class Ticket
{
    /// <summary>Overrides facts of the classification. Whether it changes the clocks is for the policy that then matches.</summary>
    public Decision Reclassify(Correction correction, string by, DateTimeOffset at)
    {
        if (!CommandTable.Of(Command.Reclassify).From.Contains(Status))
            return Refusal.NotIn(Status, Command.Reclassify);
        var (wanted, overrides) = correction.On(this);
        if (wanted is { ComplaintLevel: not null, Category: not Category.Complaint })
            return new Refusal(Refusal.LevelWithoutComplaint, "Only a complaint has a complaint level.");
        if (overrides.Count == 0)
            return Decision.NothingNew;
        (Urgency, Category, Subcategory) = (wanted.Urgency, wanted.Category, wanted.Subcategory);
        (ComplaintLevel, Complex) = (wanted.ComplaintLevel, wanted.Complex);
        ClassifiedBy = ClassifiedBy with { OverriddenBy = by };
        return Decide(Command.Reclassify, at, new Happening.Classified(overrides));
    }
}

/// <summary>The corrections of one command; what is null stays.</summary>
/// <param name="Level">The complaint level, and whether it was named at all (it can be taken away).</param>
internal sealed record Correction(
    Urgency? Urgency,
    Category? Category,
    Subcategory? Subcategory,
    (bool Named, int? Value) Level,
    bool? Complex
)
{
    internal sealed record Facts(
        Urgency Urgency,
        Category Category,
        Subcategory Subcategory,
        int? ComplaintLevel,
        bool Complex
    );

    // A complaint always has a level: the slightest, where nobody named one. What is no complaint has none.
    private int? LevelIn(Category category, int? before) =>
        (category, Level) switch
        {
            (Domain.Category.Complaint, { Named: true, Value: { } level }) => level,
            (Domain.Category.Complaint, { Named: true }) => 3,
            (Domain.Category.Complaint, _) => before ?? 3,
            (_, { Named: true, Value: { } level }) => level,
            _ => null,
        };

    public (Facts Wanted, IReadOnlyList<Override> Overrides) On(Ticket ticket)
    {
        var category = Category ?? ticket.Category;
        var wanted = new Facts(
            Urgency ?? ticket.Urgency,
            category,
            Subcategory ?? ticket.Subcategory,
            LevelIn(category, ticket.ComplaintLevel),
            Complex ?? ticket.Complex
        );
        var overrides = new List<Override>();
        Compare("urgency", Refusal.Spell(ticket.Urgency), Refusal.Spell(wanted.Urgency));
        Compare("category", Refusal.Spell(ticket.Category), Refusal.Spell(wanted.Category));
        Compare("subcategory", Refusal.Spell(ticket.Subcategory), Refusal.Spell(wanted.Subcategory));
        Compare("complaintLevel", ticket.ComplaintLevel?.ToString(), wanted.ComplaintLevel?.ToString());
        Compare("complex", ticket.Complex ? "true" : "false", wanted.Complex ? "true" : "false");
        return (wanted, overrides);

        void Compare(string field, string? from, string? to)
        {
            if (from != to)
                overrides.Add(new(field, from, to));
        }
    }
}
