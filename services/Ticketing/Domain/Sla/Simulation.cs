namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>
/// What would have been under a draft policy, next to what was. The draft stands in its order among the policies that hold now, in the
/// place of the one with its id; a ticket counts where the draft would have been asked for any of its clocks, and then with all its
/// clocks, so that both sides speak of the same tickets.
/// </summary>
internal sealed class Simulation
{
    private readonly SlaTerms draft;
    private readonly IReadOnlyList<SlaTerms> policies;

    /// <param name="now">Open clocks are judged at this instant, on both sides.</param>
    public Simulation(SlaTerms draft, IEnumerable<SlaTerms> present, DateTimeOffset now)
    {
        this.draft = draft;
        policies = [.. present.Where(terms => terms.Policy.Policy.Id != draft.Policy.Policy.Id), draft];
        Actual = new(draft.Calendar.Calendar.Spec.Zone, now);
        Simulated = new(draft.Calendar.Calendar.Spec.Zone, now);
    }

    public AttainmentCount Actual { get; }
    public AttainmentCount Simulated { get; }

    /// <summary>Tickets played again.</summary>
    public int Tickets { get; private set; }

    /// <summary>Of these, those that the draft would have covered.</summary>
    public int Matched { get; private set; }

    /// <summary>Plays one ticket again.</summary>
    /// <param name="clocks">As they really were.</param>
    public void Add(Guid ticketId, IEnumerable<PastEvent> events, IReadOnlyCollection<SlaClock> clocks)
    {
        Tickets++;
        var played = ClockReplay.Of(ticketId, events, facts => SlaTerms.Match(policies, facts));
        if (!played.Any(clock => clock.Entries.Any(entry => ReferenceEquals(entry.Terms, draft))))
            return;
        Matched++;
        foreach (var clock in clocks)
            Actual.Add(clock);
        foreach (var clock in played)
            Simulated.Add(clock);
    }
}
