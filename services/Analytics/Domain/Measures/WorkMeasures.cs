using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>What we did: volumes, promises and times, never hidden.</summary>
internal static class WorkMeasures
{
    /// <summary>The clocks of the SLA by their words.</summary>
    public static IReadOnlyList<(string Id, Title Title)> Clocks { get; } =
    [
        ("first_contact", new("首次联系", "First contact")),
        ("emergency_mobilisation", new("应急集结", "Emergency mobilisation")),
        ("solution_plan", new("解决方案", "Solution plan")),
        ("complaint_response", new("投诉响应", "Complaint response")),
        ("progress_update", new("进度告知", "Progress update")),
        ("collaboration", new("跨部门协作", "Collaboration")),
        ("resolution", new("问题解决", "Resolution")),
        ("survey_dispatch", new("问卷发送", "Survey dispatch")),
        ("complaint_follow_up", new("投诉回访", "Complaint follow-up")),
        ("feedback_follow_up", new("反馈答复", "Feedback follow-up")),
    ];

    public static IReadOnlyList<Measure> All { get; } =
    [
        new()
        {
            Id = "tickets",
            Definition = "tickets@1",
            Title = new("工单数", "Tickets"),
            Unit = "count",
            Formula =
                "requests received, each of which is one ticket; cancelled ones (merged, spam, duplicate) included",
            Source = "count",
            Fact = Fact.Tickets,
            Tally = "tickets",
            Read = t => new(t.N, t.N),
        },
        new()
        {
            Id = "invitations",
            Definition = "invitations@1",
            Title = new("发出的问卷邀请数", "Invitations"),
            Unit = "count",
            Formula = "survey invitations sent; suppressed and withdrawn ones excluded",
            Source = "count",
            Fact = Fact.Invitations,
            Tally = "invitations",
            Read = t => new(t.N, t.N),
        },
        .. Percentiles(
            "first_contact_time",
            "first_contact",
            new("首次联系用时", "Time to first contact"),
            "seconds from receipt to the first human contact that reached the customer; cancelled tickets excluded"
        ),
        .. Percentiles(
            "resolution_time",
            "resolution",
            new("解决用时", "Time to resolution"),
            "seconds from receipt to the last resolution; cancelled tickets excluded"
        ),
        .. Clocks.Select(clock => Attained(clock.Id, clock.Title)),
    ];

    private static Measure Attained(string clock, Title title) =>
        new()
        {
            Id = $"sla.{clock}.attainment",
            Definition = "sla.attainment@1",
            Title = new($"{title.Chinese}达标率", $"{title.English} on time"),
            Unit = "share",
            Formula =
                "clock instances met / (met + breached, open ones past their due time included); running ones that are not due and cancelled ones excluded; interval: Wilson",
            Source = "help-desk convention, per instance; Wilson 1927",
            Fact = Fact.Clocks,
            Tally = $"clock:{clock}",
            Read = t => new(Of(t).Value, Of(t).N, Of(t).Interval),
            Compare = (now, before) => Shares.Compare(now.Good, Of(now).N, before.Good, Of(before).N),
        };

    private static IEnumerable<Measure> Percentiles(string id, string tally, Title title, string what) =>
        from percent in (int[])[50, 80, 95]
        let share = percent / 100.0
        select new Measure
        {
            Id = $"{id}.p{percent}",
            Definition = $"{id}@1",
            Title = new($"{title.Chinese}（P{percent}）", $"{title.English} (P{percent})"),
            Unit = "seconds",
            Formula =
                $"{percent}th percentile of {what}, within 2 %; interval: ranks that a binomial count leaves open",
            Source = "percentile_cont; DDSketch (Masson et al. 2019); Conover 1999",
            Fact = Fact.Tickets,
            Tally = tally,
            Read = t =>
                new(LogHistogram.Percentile(t.Bins, share), t.N, LogHistogram.PercentileInterval(t.Bins, share)),
        };

    private static Attainment Of(Tally t) => new(t.Good, t.Bad, t.Open);
}
