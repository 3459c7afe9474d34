using CustomerFeedback.Contracts;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>An invitation as the API shows it; the link to those only who may pass it on.</summary>
internal sealed record InvitationView(
    Guid Id,
    InvitationView.Asked Questionnaire,
    string Ticket,
    int Episode,
    Guid Customer,
    Channel? Channel,
    string Language,
    InvitationState State,
    string? Reason,
    string? Url,
    DateTimeOffset PlannedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? CompletedAt
)
{
    public const string Purpose = "survey";

    /// <summary>The questionnaire; its version is fixed at the moment of sending.</summary>
    internal sealed record Asked(string Id, int? Version);

    public static InvitationView Of(InvitationRow row, Caller caller, LinkTokens links, DateTimeOffset now) =>
        new(
            row.Id,
            new(row.QuestionnaireId, row.QuestionnaireVersion == 0 ? null : row.QuestionnaireVersion),
            row.Number,
            row.Episode,
            row.CustomerId,
            row.Channel,
            row.Language,
            row.StateAt(now),
            row.Reason,
            row.SentAt is not null && (caller.Is(Roles.Integration) || caller.Is(Roles.Agent))
                ? LinkOf(links, row.Id)
                : null,
            row.PlannedAt,
            row.SentAt,
            row.ExpiresAt,
            row.CompletedAt
        );

    public static string LinkOf(LinkTokens links, Guid id) => $"/s/{links.Sign(Purpose, id)}";
}

/// <summary>Whose invitations somebody sees: handlers those of their teams' tickets, a client those of what it brought.</summary>
internal static class RowScope
{
    public static IQueryable<InvitationRow> VisibleTo(this IQueryable<InvitationRow> invitations, Caller caller)
    {
        if (caller.SeesAllTeams || caller.Is(Roles.Analyst))
            return invitations;
        var handles = caller.Is(Roles.Agent) || caller.Is(Roles.Lead);
        var teams = handles ? caller.Teams.ToArray() : [];
        var self = handles ? caller.Subject : null;
        var client = caller.Is(Roles.Integration) ? caller.Subject : null;
        return invitations.Where(i =>
            teams.Contains(i.Team) || (self != null && i.Assignee == self) || (client != null && i.RecordedBy == client)
        );
    }
}
