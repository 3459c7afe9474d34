namespace CustomerFeedback.Intake.Domain;

/// <summary>Something wrong in what was sent: where (JSON pointer), a stable code, and a sentence for people.</summary>
internal sealed record Fault(string Pointer, string Code, string Message);

/// <summary>Whether a list of rules can be taken as the next version.</summary>
internal static class ClassificationRuleCheck
{
    private const int MaxRules = 500;
    private const int MaxEntries = 200;
    private const int MaxText = 100;

    public static IReadOnlyList<Fault> Check(IReadOnlyList<ClassificationRule?> rules)
    {
        if (rules.Count > MaxRules)
            return [new("/rules", "too_many", $"At most {MaxRules} rules.")];

        var faults = new List<Fault>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            var at = $"/rules/{i}";
            if (rules[i] is not { } rule)
                faults.Add(new(at, "required", "A rule is an object."));
            else
                faults.AddRange(Check(rule, at, ids));
        }

        return faults;
    }

    private static IEnumerable<Fault> Check(ClassificationRule rule, string at, HashSet<string> ids)
    {
        if (string.IsNullOrWhiteSpace(rule.Id) || rule.Id.Length > MaxText)
            yield return new($"{at}/id", "invalid_length", $"An id of 1 to {MaxText} characters is required.");
        else if (!ids.Add(rule.Id))
            yield return new($"{at}/id", "duplicate", $"The id {rule.Id} stands twice.");

        if (rule.Set is null || rule.Set.IsEmpty)
            yield return new($"{at}/set", "required", "A rule sets at least one result.");
        if (rule.Set?.ComplaintLevel is < 1 or > 3)
            yield return new($"{at}/set/complaintLevel", "out_of_range", "A level is 1, 2 or 3.");
        if (rule.Set is { ComplaintLevel: not null, Category: not null and not Category.Complaint })
            yield return new($"{at}/set/complaintLevel", "not_applicable", "Only complaints have a level.");
        if (rule.Confidence is not (>= 0 and <= 1))
            yield return new($"{at}/confidence", "out_of_range", "A confidence is between 0 and 1.");

        if (rule.Match is not { } match)
            yield break;

        (string Name, IReadOnlyList<string>? List)[] lists =
        [
            ("product", match.Product),
            ("anyWords", match.AnyWords),
            ("allWords", match.AllWords),
            ("noWords", match.NoWords),
        ];
        foreach (var (name, list) in lists)
        {
            if (list?.Count > MaxEntries)
                yield return new($"{at}/match/{name}", "too_many", $"At most {MaxEntries} entries.");
            else if (list?.Any(word => !IsUsable(word)) == true)
                yield return new($"{at}/match/{name}", "invalid_length", $"Entries have 1 to {MaxText} characters.");
        }

        if (match.Attributes?.Any(pair => !IsUsable(pair.Key) || pair.Value is null) == true)
            yield return new($"{at}/match/attributes", "invalid_value", "Attribute conditions are texts.");
    }

    private static bool IsUsable(string? word) => word?.Trim('*', ' ').Length > 0 && word.Length <= MaxText;
}
