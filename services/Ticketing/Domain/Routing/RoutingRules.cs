namespace CustomerFeedback.Ticketing.Domain.Routing;

/// <summary>Ordered rules, first match wins; the last one matches everything, so that no ticket is left without a team.</summary>
internal sealed record RoutingRules(int Version, IReadOnlyList<RoutingRule> Rules)
{
    public Destination Route(RoutingFacts facts)
    {
        var rule = Rules.First(rule => rule.When.Matches(facts));
        return new(rule.Team, rule.To, rule.Skills ?? [], rule.Id, Version) { Attributes = AskedOf(facts) };
    }

    /// <summary>The attributes that some rule asks for just so: all that routing needs to know of them, and no words of a customer's own.</summary>
    private Dictionary<string, string> AskedOf(RoutingFacts facts)
    {
        var asked = new Dictionary<string, string>();
        foreach (var (name, value) in Rules.SelectMany(rule => rule.When.Attributes ?? RoutingMatch.None))
        {
            if (RoutingMatch.Fits(value, facts.Attributes?.GetValueOrDefault(name)))
                asked[name] = value;
        }
        return asked;
    }
}

/// <summary>One rule.</summary>
/// <param name="To">Whom in the team it asks for.</param>
/// <param name="Skills">What that person must be able to do.</param>
internal sealed record RoutingRule(
    string Id,
    RoutingMatch When,
    string Team,
    StaffRole To = StaffRole.Agent,
    IReadOnlyList<string>? Skills = null
);

/// <summary>What a rule asks for; what is null does not matter.</summary>
/// <param name="Attributes">Each of these attributes of the request, with that value: as <c>department</c> of a survey's feedback.</param>
internal sealed record RoutingMatch(
    RequestType? Type = null,
    Category? Category = null,
    Subcategory? Subcategory = null,
    int? ComplaintLevel = null,
    Urgency? Urgency = null,
    Segment? Segment = null,
    Channel? Channel = null,
    string? Source = null,
    string? Product = null,
    string? Language = null,
    string? Region = null,
    IReadOnlyDictionary<string, string>? Attributes = null
)
{
    public bool MatchesEverything =>
        Attributes is null or { Count: 0 } && this with { Attributes = null } == new RoutingMatch();

    public bool Matches(RoutingFacts facts) =>
        Fits(Type, facts.Origin.Type)
        && Fits(Category, facts.Category)
        && Fits(Subcategory, facts.Subcategory)
        && (ComplaintLevel is null || ComplaintLevel == facts.ComplaintLevel)
        && Fits(Urgency, facts.Urgency)
        && Fits(Segment, facts.Origin.Segment)
        && Fits(Channel, facts.Origin.Channel)
        && Fits(Source, facts.Origin.Source)
        && Fits(Product, facts.Origin.Product)
        && Fits(Language, facts.Origin.Language)
        && Fits(Region, facts.Origin.Region)
        && (Attributes ?? None).All(asked => Fits(asked.Value, facts.Attributes?.GetValueOrDefault(asked.Key)));

    internal static readonly Dictionary<string, string> None = [];

    private static bool Fits<T>(T? asked, T given)
        where T : struct, Enum => asked is null || EqualityComparer<T>.Default.Equals(asked.Value, given);

    internal static bool Fits(string? asked, string? given) =>
        asked is null || string.Equals(asked, given, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What rules look at.</summary>
internal sealed record RoutingFacts(
    Origin Origin,
    Category Category,
    Subcategory Subcategory,
    int? ComplaintLevel,
    Urgency Urgency,
    IReadOnlyDictionary<string, string>? Attributes = null
);

/// <summary>Where a ticket goes, and by which rule.</summary>
internal sealed record Destination(
    string Team,
    StaffRole To,
    IReadOnlyList<string> Skills,
    string RuleId,
    int RulesVersion
)
{
    /// <summary>The attributes of the request that rules ask for.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = RoutingMatch.None;
}
