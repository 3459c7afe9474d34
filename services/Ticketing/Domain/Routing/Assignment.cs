namespace CustomerFeedback.Ticketing.Domain.Routing;

/// <summary>Automatic assignment: who of the team is on shift, has the skills and room for it; of those the one that waits longest for work.</summary>
internal static class Assignment
{
    /// <summary>Whether there is anybody for it, without giving it to them.</summary>
    public static bool SomebodyIsFree(Staff staff, Workload load, Wanted wanted, DateTimeOffset at) =>
        staff
            .Playing(wanted.To, wanted.Team)
            .Any(agent =>
                wanted.Skills.All(agent.Skills.Contains)
                && staff.IsOnShift(agent, at)
                && load.HasRoom(agent, wanted.WorkUnits)
            );

    public static Choice Choose(Staff staff, Workload load, Wanted wanted, DateTimeOffset at)
    {
        var team = staff.Playing(wanted.To, wanted.Team).ToList();
        var skilled = team.FindAll(agent => wanted.Skills.All(agent.Skills.Contains));
        var present = skilled.FindAll(agent => staff.IsOnShift(agent, at));
        var free = present.FindAll(agent => load.HasRoom(agent, wanted.WorkUnits));
        var chosen = free.MinBy(agent => (load.IdleSince(agent.Id), agent.Id));

        var asked = wanted.To is StaffRole.Agent ? "agents" : $"for the {Refusal.Spell(wanted.To)}";
        var skills = wanted.Skills.Count == 0 ? "" : $"{skilled.Count} able to {string.Join(", ", wanted.Skills)}, ";
        var counted =
            $"{wanted.Team}: {team.Count} {asked}, {skills}{present.Count} on shift, {free.Count} with room for {wanted.WorkUnits}";
        if (chosen is null)
            return new(null, $"{counted}; it waits in the queue of {wanted.Team}");

        var idle =
            load.IdleSince(chosen.Id) is { } since && since > DateTimeOffset.MinValue
                ? $"longest without a new ticket (since {since:yyyy-MM-dd HH:mm:ss}Z)"
                : "has had none yet";
        load.Give(chosen.Id, wanted.WorkUnits, at);
        return new(chosen.Id, $"{counted}; {chosen.Id}: {idle}");
    }
}

/// <summary>What is to be assigned.</summary>
internal sealed record Wanted(string Team, StaffRole To, IReadOnlyList<string> Skills, int WorkUnits)
{
    public static Wanted For(Ticket ticket) =>
        new(ticket.Team, ticket.RoutedTo, ticket.Routed.Skills, ticket.WorkUnits);

    public static Wanted For(Ticket ticket, Destination route) =>
        new(route.Team, route.To, route.Skills, ticket.WorkUnits);

    /// <summary>The same people are asked for.</summary>
    public bool IsOf(Wanted queue) =>
        (queue.Team, queue.To) == (Team, To) && queue.Skills.SequenceEqual(Skills, StringComparer.Ordinal);
}

/// <summary>Who was chosen (or nobody), in a sentence that says why.</summary>
internal sealed record Choice(string? Agent, string Explanation);

/// <summary>What people have on their desks, kept up to date while a batch is assigned.</summary>
internal sealed class Workload(
    IReadOnlyDictionary<string, int> openUnits,
    IReadOnlyDictionary<string, DateTimeOffset> lastAssigned
)
{
    private readonly Dictionary<string, int> _units = new(openUnits);
    private readonly Dictionary<string, DateTimeOffset> _last = new(lastAssigned);
    private readonly Dictionary<string, DateTimeOffset> _given = [];

    /// <summary>Who was given something since, and when last.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Given => _given;

    public bool HasRoom(Agent agent, int units) =>
        agent.Capacity is not { } capacity || _units.GetValueOrDefault(agent.Id) + units <= capacity;

    public DateTimeOffset IdleSince(string agent) => _last.GetValueOrDefault(agent, DateTimeOffset.MinValue);

    public void Give(string agent, int units, DateTimeOffset at)
    {
        _units[agent] = _units.GetValueOrDefault(agent) + units;
        // Two in the same instant still take turns.
        var last = IdleSince(agent) is var since && since >= at ? since.AddTicks(10) : at;
        var latest = _given.Count == 0 ? last : _given.Values.Max();
        _last[agent] = _given[agent] = last > latest ? last : latest.AddTicks(10);
    }
}
