using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>Which tickets somebody sees: what is not theirs does not exist for them.</summary>
internal static class RowScope
{
    /// <summary>Whether the caller belongs to those who handle tickets; other systems see theirs, but not what colleagues tell each other.</summary>
    public static bool IsInside(this Caller caller) =>
        caller.SeesAllTeams || caller.Is(Roles.Agent) || caller.Is(Roles.Lead);

    public static IQueryable<Ticket> VisibleTo(this IQueryable<Ticket> tickets, Caller caller)
    {
        if (caller.SeesAllTeams)
            return tickets;
        var handles = caller.Is(Roles.Agent) || caller.Is(Roles.Lead);
        var teams = handles ? caller.Teams.ToArray() : [];
        var self = handles ? caller.Subject : null;
        var source = caller.Is(Roles.Integration) ? caller.Subject : null;
        return tickets.Where(t =>
            teams.Contains(t.Team) || (self != null && t.Assignee == self) || (source != null && t.RecordedBy == source)
        );
    }
}
