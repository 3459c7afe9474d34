using CustomerFeedback.Intake.Data;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Requests;

/// <summary>Whose requests a caller sees; the others are as if they were not there.</summary>
internal static class RequestScope
{
    /// <summary>A system sees what its own <c>sub</c> brought; agents and leads that and their teams' work; the rest all.</summary>
    public static IQueryable<RequestRow> VisibleTo(this IQueryable<RequestRow> requests, Caller caller)
    {
        if (caller.SeesAllTeams)
            return requests;

        var handles = caller.Is(Roles.Agent) || caller.Is(Roles.Lead);
        var teams = handles ? caller.Teams.ToArray() : [];
        return requests.Where(r => r.RecordedBy == caller.Subject || (r.Team != null && teams.Contains(r.Team)));
    }
}
