using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Intake.Domain;

/// <summary>The policies and calendars in force, and the promises that follow from them.</summary>
internal sealed class PolicyBook
{
    private const string Fallback = "default";

    private readonly SlaPolicy[] inOrder;
    private readonly IReadOnlyDictionary<string, VersionedCalendar> calendars;

    public PolicyBook(IEnumerable<SlaPolicy> policies, IReadOnlyDictionary<string, VersionedCalendar> calendars)
    {
        this.calendars = calendars;
        // A policy may arrive before its calendar; until then it promises nothing.
        inOrder =
        [
            .. policies
                .Where(policy => calendars.ContainsKey(policy.Calendar))
                .OrderBy(policy => policy.Order)
                .ThenBy(policy => policy.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What is promised, by which versions. Where nothing matches, the policy <c>default</c> holds.</summary>
    public Promises Promise(
        IncomingRequest request,
        Classification classification,
        Segment segment,
        DateTimeOffset receivedAt
    )
    {
        var policy =
            Array.Find(inOrder, candidate => candidate.Match.Holds(request, classification, segment))
            ?? Array.Find(inOrder, candidate => candidate.Id == Fallback)
            ?? throw new InvalidOperationException("There is no SLA policy: the seeded default is missing.");
        var calendar = calendars[policy.Calendar];

        var times = new List<PromisedTime>(2);
        Add(PromisedClock.FirstContact);
        if (classification.Category == Category.Complaint)
            Add(PromisedClock.ComplaintResponse);
        return new(new(policy.Id, policy.Version, policy.Calendar, calendar.Version), times);

        void Add(PromisedClock clock)
        {
            if (policy.Targets.TryGetValue(clock, out var targets) && targets.For(request.Urgency) is { } target)
                times.Add(new(clock, calendar.Calendar.Add(receivedAt, target)));
        }
    }
}

/// <summary>A calendar as published in one version.</summary>
internal sealed record VersionedCalendar(int Version, WorkCalendar Calendar);

/// <summary>The versions a promise was computed with; the ticket's clocks pin exactly these.</summary>
internal sealed record PinnedPolicy(string PolicyId, int PolicyVersion, string CalendarId, int CalendarVersion);

/// <summary>By when something will have happened.</summary>
internal sealed record PromisedTime(PromisedClock Clock, DateTimeOffset DueAt);

/// <summary>Everything promised to one customer at receipt.</summary>
internal sealed record Promises(PinnedPolicy Policy, IReadOnlyList<PromisedTime> Times);
