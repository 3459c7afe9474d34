using System.Text.Json.Serialization;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Domain.Routing;

internal enum StaffRole
{
    Agent,
    Lead,
    Manager,
    Duty,
}

/// <summary>A team that tickets are routed to.</summary>
internal sealed record Team(string Id, IReadOnlyDictionary<string, string> Name, bool Active = true);

/// <summary>Somebody who handles tickets.</summary>
/// <param name="Capacity">Open work units at most for automatic assignment; null is no limit.</param>
/// <param name="QuietHours">When alerts about what is not urgent wait; null is never.</param>
internal sealed record Agent(
    string Id,
    string Name,
    StaffRole Role,
    IReadOnlyList<string> Teams,
    IReadOnlyList<string> Skills,
    int? Capacity = null,
    bool Active = true,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QuietHours? QuietHours = null
);

/// <summary>Who works when.</summary>
internal sealed record Roster(string Id, WorkCalendar Hours, IReadOnlyList<string> Agents);

/// <summary>The people, as they are organised now.</summary>
internal sealed class Staff(IEnumerable<Team> teams, IEnumerable<Agent> agents, IEnumerable<Roster> rosters)
{
    private readonly Dictionary<string, Team> _teams = teams.ToDictionary(team => team.Id);
    private readonly Dictionary<string, Agent> _agents = agents.ToDictionary(agent => agent.Id);
    private readonly ILookup<string, WorkCalendar> _hours = (
        from roster in rosters
        from agent in roster.Agents
        select (agent, roster.Hours)
    ).ToLookup(shift => shift.agent, shift => shift.Hours);

    public IEnumerable<Agent> Agents => _agents.Values;

    public Team? Team(string id) => _teams.GetValueOrDefault(id);

    public Agent? Agent(string id) => _agents.GetValueOrDefault(id);

    /// <summary>Working at that instant. Whoever is on no roster works around the clock.</summary>
    public bool IsOnShift(Agent agent, DateTimeOffset at) =>
        agent.Active
        && (
            !_hours.Contains(agent.Id)
            || _hours[agent.Id].Any(hours => hours.Stretches(at, at.AddTicks(10)).First().Kind is StretchKind.Open)
        );

    /// <summary>Those who play the role for the team. Managers and duty supervisors do so for every team.</summary>
    public IEnumerable<Agent> Playing(StaffRole role, string team) =>
        _agents.Values.Where(agent =>
            agent.Active
            && agent.Role == role
            && (role is StaffRole.Manager or StaffRole.Duty || agent.Teams.Contains(team))
        );

    /// <summary>
    /// Whom a team's work is for where no rule says: its agents; where it has none, those of its members who come first on the ladder. Those who
    /// are away count only where everybody is.
    /// </summary>
    public StaffRole WorkersOf(string team) =>
        _agents
            .Values.Where(agent => agent.Teams.Contains(team))
            .OrderByDescending(agent => agent.Active)
            .ThenBy(agent => agent.Role)
            .Select(agent => agent.Role)
            .FirstOrDefault(StaffRole.Agent);

    /// <summary>Whether whoever has a ticket may keep it when it is routed there: of that role or a higher one, of the team, and able.</summary>
    public bool Suits(string? holder, Destination route) =>
        holder is not null
        && Agent(holder) is { Active: true } agent
        && agent.Role >= route.To
        && (agent.Role >= StaffRole.Manager || agent.Teams.Count == 0 || agent.Teams.Contains(route.Team))
        && route.Skills.All(agent.Skills.Contains);

    /// <summary>Whom to tell when it concerns the role: somebody on shift where there is one, always the same.</summary>
    public string? Recipient(StaffRole role, string team, DateTimeOffset at) =>
        Playing(role, team)
            .OrderByDescending(agent => IsOnShift(agent, at))
            .ThenBy(agent => agent.Id, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Id;
}
