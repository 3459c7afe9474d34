using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.FollowingUp;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>A follow-up as the API shows it.</summary>
/// <param name="DueAt">By when somebody has tried.</param>
/// <param name="CallBackAt">The time that the customer asked for.</param>
/// <param name="Overdue">Nobody has tried in time.</param>
/// <param name="Response">The answers, once they are keyed in.</param>
internal sealed record FollowUpView(
    Guid Id,
    string Ticket,
    int Episode,
    Guid Customer,
    string Questionnaire,
    string Language,
    string? Team,
    string? Assignee,
    FollowUpState State,
    FollowUpOutcome? Outcome,
    string? Reason,
    DateTimeOffset PlannedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? CallBackAt,
    bool Overdue,
    IReadOnlyList<FollowUpRow.Attempt> Attempts,
    DateTimeOffset? EndedAt,
    Guid? Response
)
{
    public static FollowUpView Of(FollowUpRow row, DateTimeOffset now) =>
        new(
            row.Id,
            row.Number,
            row.Episode,
            row.CustomerId,
            row.QuestionnaireId,
            row.Language,
            row.Team,
            row.Assignee,
            row.State,
            row.Outcome,
            row.Reason,
            row.PlannedAt,
            row.DueAt,
            row.CallBackAt,
            (row.FirstAttemptAt ?? row.EndedAt ?? now) > row.DueAt,
            row.Calls(),
            row.EndedAt,
            row.ResponseId
        );
}

/// <summary>Whose follow-ups somebody sees: interviewers and managers all, handlers those of their teams' tickets.</summary>
internal static class FollowUpScope
{
    public static IQueryable<FollowUpRow> VisibleTo(this IQueryable<FollowUpRow> followUps, Caller caller)
    {
        if (caller.SeesAllTeams || caller.Is(Roles.Interviewer))
            return followUps;
        var (teams, self) = (caller.Teams.ToArray(), caller.Subject);
        return followUps.Where(f => teams.Contains(f.Team) || f.Assignee == self);
    }
}
