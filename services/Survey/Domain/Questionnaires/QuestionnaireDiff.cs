namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>What changed between two versions, and whether scores before and after may stand in one line.</summary>
internal sealed record QuestionnaireDiff(bool Comparable, IReadOnlyList<QuestionnaireDiff.Change> Changes)
{
    /// <summary>One change.</summary>
    /// <param name="What"><c>added</c>, <c>removed</c>, <c>moved</c>, or the member that changed, as <c>text</c>.</param>
    /// <param name="BreaksTrend">True where scores of the question, or of its dimension, are not the same measure any more.</param>
    internal sealed record Change(string Question, string What, bool BreaksTrend);

    public static QuestionnaireDiff Between(Questionnaire from, Questionnaire to)
    {
        List<Change> changes =
        [
            .. from.Questions.Where(q => to.Find(q.Id) is null).Select(q => new Change(q.Id, "removed", IsScored(q))),
            .. to
                .Questions.Where(q => from.Find(q.Id) is null)
                .Select(q => new Change(q.Id, "added", Measures(q, from))),
            .. from.Questions.SelectMany(q => to.Find(q.Id) is { } now ? Changed(q, now) : []),
        ];
        var stayed = from.Questions.Select(q => q.Id).Where(id => to.Find(id) is not null);
        var stay = to.Questions.Select(q => q.Id).Where(id => from.Find(id) is not null);
        changes.AddRange(
            stayed
                .Zip(stay)
                .Where(pair => pair.First != pair.Second)
                .Select(pair => new Change(pair.Second, "moved", false))
        );
        return new(!changes.Exists(change => change.BreaksTrend), changes);
    }

    private static IEnumerable<Change> Changed(Question before, Question after)
    {
        var scored = IsScored(before) || IsScored(after);
        if (before.Type != after.Type)
            yield return new(after.Id, "type", scored);
        if (before.Dimension != after.Dimension)
            yield return new(after.Id, "dimension", scored);
        if (before.Scale != after.Scale)
            yield return new(after.Id, "scale", scored);
        if (!Same(before.Text, after.Text))
            yield return new(after.Id, "text", scored);
        if (!SameLabels(before, after))
            yield return new(after.Id, "labels", scored);
        if (Outline(before.Options.Select(o => (o.Id, o.Text))) != Outline(after.Options.Select(o => (o.Id, o.Text))))
            yield return new(after.Id, "options", scored);
        if (Outline(before.Rows.Select(r => (r.Id, r.Text))) != Outline(after.Rows.Select(r => (r.Id, r.Text))))
            yield return new(after.Id, "rows", scored);
        if (before.Required != after.Required)
            yield return new(after.Id, "required", false);
        if (before.AllowNa != after.AllowNa)
            yield return new(after.Id, "allowNa", scored);
        if (before.Remark != after.Remark)
            yield return new(after.Id, "remark", false);
        if (Spelled(before.ShowIf) != Spelled(after.ShowIf))
            yield return new(after.Id, "showIf", scored);
    }

    private static bool IsScored(Question question) =>
        question.Type is QuestionType.Rating or QuestionType.Nps or QuestionType.Ces or QuestionType.Matrix;

    // A further question in a dimension that was measured before changes the dimension's mean.
    private static bool Measures(Question question, Questionnaire before) =>
        question.Dimension is { } dimension
        && IsScored(question)
        && before.Questions.Any(q => q.Dimension == dimension);

    private static bool SameLabels(Question a, Question b) =>
        a.Labels.Count == b.Labels.Count
        && a.Labels.All(label => b.Labels.TryGetValue(label.Key, out var other) && Same(label.Value, other));

    private static bool Same(LocalText a, LocalText b) =>
        a.ByLanguage.Count == b.ByLanguage.Count
        && a.ByLanguage.All(text => b.ByLanguage.TryGetValue(text.Key, out var other) && other == text.Value);

    private static string Outline(IEnumerable<(string Id, LocalText Text)> parts) =>
        string.Join('\n', parts.Select(part => $"{part.Id}={Spelled(part.Text)}"));

    private static string Spelled(LocalText text) =>
        string.Join('|', text.ByLanguage.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}:{t.Value}"));

    private static string Spelled(Condition? condition) =>
        condition switch
        {
            Condition.Group group =>
                $"{(group.Every ? "all" : "any")}({string.Join(", ", group.Parts.Select(Spelled))})",
            Condition.Comparison one =>
                $"{one.Question} {one.Op} {string.Join(",", one.Operands.Select(o => o.Word ?? $"{o.Number}"))}",
            _ => "",
        };
}
