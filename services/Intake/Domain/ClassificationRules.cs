namespace CustomerFeedback.Intake.Domain;

/// <summary>
/// One version of the ordered rules. Each result (category, subcategory, level, emotion, service stage) comes from the
/// first matching rule that sets it; a request of type complaint is a complaint whatever the rules say.
/// </summary>
internal sealed class ClassificationRules
{
    /// <summary>The rule id where no rule spoke.</summary>
    public const string NoRule = "none";

    /// <summary>The rule id of a complaint that is one by its type, with no rule for its level.</summary>
    public const string ByType = "type_complaint";

    /// <summary>The level of a complaint that no rule grades; a lead looks these through.</summary>
    public const int UngradedLevel = 3;

    /// <summary>Below this, the classification is listed for a lead.</summary>
    public const double LowConfidence = 0.3;

    private readonly CompiledRule[] rules;

    public ClassificationRules(int version, IReadOnlyList<ClassificationRule> rules)
    {
        Version = version;
        this.rules = [.. rules.Select(rule => new CompiledRule(rule))];
    }

    public int Version { get; }

    public Classification Classify(IncomingRequest request, Segment segment)
    {
        var matching = new List<ClassificationRule>();
        var wording = request.Wording;
        foreach (var rule in rules)
        {
            if (rule.Holds(request, segment, wording))
                matching.Add(rule.Rule);
        }

        var byCategory = matching.Find(rule => Sets(rule, request.Type));
        var category =
            request.Type == RequestType.Complaint
                ? Category.Complaint
                : byCategory?.Set.Category ?? Category.GeneralInquiry;

        // A rule that speaks for another category has no say about this one's details.
        matching.RemoveAll(rule => rule.Set.Category is { } other && other != category);

        var bySubcategory = matching.Find(rule => rule.Set.Subcategory is not null);
        var byLevel =
            category == Category.Complaint ? matching.Find(rule => rule.Set.ComplaintLevel is not null) : null;
        var byEmotion = matching.Find(rule => rule.Set.Emotion is not null);
        var byStage = request.ServiceStage is null ? matching.Find(rule => rule.Set.ServiceStage is not null) : null;

        var (ruleId, confidence) = Verdict(category, request.Type, byCategory, byLevel);
        return new(
            category,
            bySubcategory?.Set.Subcategory ?? Subcategory.Other,
            category == Category.Complaint ? byLevel?.Set.ComplaintLevel ?? UngradedLevel : null,
            byEmotion?.Set.Emotion ?? Emotion.Calm,
            request.ServiceStage ?? byStage?.Set.ServiceStage,
            ruleId,
            Version,
            confidence,
            new(byCategory?.Id, bySubcategory?.Id, byLevel?.Id, byEmotion?.Id, byStage?.Id)
        );
    }

    private static bool Sets(ClassificationRule rule, RequestType type) =>
        type == RequestType.Complaint ? rule.Set.Category == Category.Complaint : rule.Set.Category is not null;

    private static (string RuleId, double Confidence) Verdict(
        Category category,
        RequestType type,
        ClassificationRule? byCategory,
        ClassificationRule? byLevel
    )
    {
        if (category == Category.Complaint)
            return byLevel is not null
                ? (byLevel.Id, byLevel.Confidence)
                : (type == RequestType.Complaint ? byCategory?.Id ?? ByType : byCategory!.Id, LowConfidence);
        return byCategory is null ? (NoRule, LowConfidence) : (byCategory.Id, byCategory.Confidence);
    }

    private sealed class CompiledRule(ClassificationRule rule)
    {
        private readonly RuleMatch match = rule.Match ?? new RuleMatch();
        private readonly WordList? any = Words(rule.Match?.AnyWords);
        private readonly WordList? all = Words(rule.Match?.AllWords);
        private readonly WordList? none = Words(rule.Match?.NoWords);

        public ClassificationRule Rule { get; } = rule;

        public bool Holds(IncomingRequest request, Segment segment, string wording) =>
            IsAmong(match.Type, request.Type)
            && IsAmong(match.Channel, request.Channel)
            && IsAmong(match.Urgency, request.Urgency)
            && IsAmong(match.Segment, segment)
            && NamesProduct(request.Product)
            && HasAttributes(request.Attributes)
            && (any is null || any.AnyIn(wording))
            && (all is null || all.AllIn(wording))
            && (none is null || !none.AnyIn(wording));

        private bool NamesProduct(string? product) =>
            match.Product is not { Count: > 0 } products
            || (product is not null && products.Contains(product, StringComparer.OrdinalIgnoreCase));

        private bool HasAttributes(IReadOnlyDictionary<string, string> attributes)
        {
            if (match.Attributes is not { Count: > 0 } wanted)
                return true;
            foreach (var (key, value) in wanted)
            {
                if (
                    !attributes.TryGetValue(key, out var given)
                    || !value.Equals(given, StringComparison.OrdinalIgnoreCase)
                )
                    return false;
            }

            return true;
        }

        private static bool IsAmong<T>(IReadOnlyList<T>? wanted, T value) =>
            wanted is not { Count: > 0 } || wanted.Contains(value);

        private static WordList? Words(IReadOnlyList<string>? words) => words is { Count: > 0 } ? new(words) : null;
    }
}
