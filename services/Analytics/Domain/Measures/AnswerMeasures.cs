using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>What customers said: hidden where few said it.</summary>
internal static class AnswerMeasures
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        new()
        {
            Id = "csat",
            Definition = "csat@1",
            Title = new("客户满意度（CSAT）", "Satisfaction (CSAT)"),
            Unit = "share",
            Formula =
                "answers 4 or 5 of 5 points, or 8 to 10 of 10 points, to the question on overall satisfaction / all answers to it; not applicable and pilot and duplicates excluded; interval: Wilson",
            Source = "top-2-box convention (top 3 of 10); Wilson 1927",
            Fact = Fact.Scores,
            Tally = $"score:{RatedDimension.Overall}",
            Read = t => Share(t.Good, t.N),
            Compare = (now, before) => Shares.Compare(now.Good, now.N, before.Good, before.N),
            Answers = t => t.N,
        },
        new()
        {
            Id = "nps",
            Definition = "nps@1",
            Title = new("净推荐值（NPS）", "Net promoter score (NPS)"),
            Unit = "nps",
            Formula =
                "100 * (answers 9 and 10 - answers 0 to 6) / all answers; interval: adjusted Wald (n + 3, 3/4 promoter and 3/4 detractor added)",
            Source = "Reichheld 2003; MeasuringU (Sauro, Lewis); Rocks 2016",
            Fact = Fact.Responses,
            Tally = "nps",
            Read = t => new(Nps(t).Value, t.N, Nps(t).Interval),
            Compare = (now, before) => Nps(now).Minus(Nps(before)),
            Answers = t => t.N,
        },
        new()
        {
            Id = "csi",
            Definition = "csi@1",
            Title = new("客户满意指数（CSI）", "Satisfaction index (CSI)"),
            Unit = "index",
            Formula =
                "per response 100 * sum of w (x - 1) / (scale - 1) with equal weights over the dimensions answered; mean of the responses (variant: weighted, equal); interval: Student's t, never narrower than n equal answers allow",
            Source = "form of the ACSI (Fornell et al. 1996)",
            Fact = Fact.Responses,
            Tally = "csi",
            Read = t => Mean(t, SatisfactionIndex.Step, 0, 100),
            Compare = (now, before) => Of(now).Minus(Of(before), SatisfactionIndex.Step),
            Answers = t => t.N,
        },
        new()
        {
            Id = "solved",
            Definition = "solved@1",
            Title = new("问题解决率（客户反馈）", "Problem resolution rate (as customers say)"),
            Unit = "share",
            Formula =
                "responses that answer yes to the question whether the problem was solved / responses that answer it; interval: Wilson",
            Source = "customer-stated resolution; Wilson 1927",
            Fact = Fact.Responses,
            Tally = "solved",
            Read = t => Share(t.Good, t.N),
            Compare = (now, before) => Shares.Compare(now.Good, now.N, before.Good, before.N),
            Answers = t => t.N,
        },
        new()
        {
            Id = "responses",
            Definition = "responses@1",
            Title = new("有效答卷数", "Responses"),
            Unit = "count",
            Formula = "responses submitted; pilot and duplicates excluded",
            Source = "count",
            Fact = Fact.Responses,
            Tally = "responses",
            Read = t => new(t.N, t.N),
            Answers = t => t.N,
        },
        new()
        {
            Id = "response_rate",
            Definition = "response_rate@1",
            Title = new("答卷回收率", "Response rate"),
            Unit = "share",
            Formula =
                "invitations of the period that were answered, by now / invitations of the period (sent; suppressed and withdrawn ones excluded); interval: Wilson",
            Source = "AAPOR Standard Definitions, RR1 with nobody of unknown eligibility",
            Fact = Fact.Invitations,
            Tally = "invitations",
            Read = t => Share(t.Good, t.N),
            Compare = (now, before) => Shares.Compare(now.Good, now.N, before.Good, before.N),
            Answers = t => t.Good,
        },
    ];

    /// <summary>The mean of a rated dimension, on its own scale: 5 and 10 points are never mixed.</summary>
    public static Measure MeanOf(RatedDimension dimension) =>
        new()
        {
            Id = $"mean.{dimension.Id}",
            Definition = "mean@1",
            Title = new($"{dimension.Title.Chinese}（均值）", $"{dimension.Title.English} (mean)"),
            Unit = "points",
            Formula =
                "mean over responses of the mean of the dimension's answered ratings, on the rating's own scale (null where scales differ); interval: Student's t, never narrower than n equal answers allow, null for one answer",
            Source = "Student 1908; floor after Wilson 1927",
            Fact = Fact.Scores,
            Tally = $"score:{dimension.Id}",
            Read = t => t.Scale == Measures.Tally.MixedScales ? new(null, t.N) : Mean(t, 1, 1, t.Scale),
            Compare = (now, before) => now.Scale == before.Scale && now.Scale > 0 ? Of(now).Minus(Of(before), 1) : null,
            Answers = t => t.N,
        };

    private static Reading Share(long some, long all) =>
        new(all == 0 ? null : (double)some / all, all, Shares.Wilson(some, all));

    private static Reading Mean(Tally t, double step, double least, double most) =>
        new(Of(t).Mean, t.N, Of(t).Interval(step, least, most));

    private static Sample Of(Tally t) => new(t.N, t.Sum, t.SumOfSquares);

    private static NetPromoter Nps(Tally t) => new(t.N, t.Good, t.Bad);
}
