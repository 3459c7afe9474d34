using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using CustomerFeedback.Survey.Features.FollowingUp;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>What happened to a ticket, one thing after the other, in whatever order it is told.</summary>
internal static class TicketTurns
{
    private static readonly InvitationState[] Open =
    [
        InvitationState.Queued,
        InvitationState.Sent,
        InvitationState.Opened,
    ];

    /// <summary>Notes the newest episode that is known, holds the ticket's row, and says what is known now.</summary>
    public static async Task<TicketRow> Take(
        SurveyDbContext db,
        string number,
        int episode,
        bool cancelled,
        CancellationToken ct,
        int kindVersion = 0
    ) =>
        (
            await db
                .Tickets.FromSql(
                    $"""
                    INSERT INTO tickets AS t (number, episode, cancelled, kind_version) VALUES ({number}, {episode}, {cancelled}, {kindVersion})
                    ON CONFLICT (number) DO UPDATE SET episode = greatest(t.episode, excluded.episode), cancelled = t.cancelled OR excluded.cancelled,
                        kind_version = greatest(t.kind_version, excluded.kind_version)
                    RETURNING *
                    """
                )
                .AsNoTracking()
                .ToListAsync(ct)
        ).Single();

    /// <summary>Holds the row of a ticket that is known.</summary>
    public static Task<TicketRow?> Hold(SurveyDbContext db, string number, CancellationToken ct) =>
        db
            .Tickets.FromSql($"SELECT * FROM tickets WHERE number = {number} FOR UPDATE")
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);

    /// <summary>Withdraws what nobody has answered yet, and calls that nobody has made; a link that is out says so from now on.</summary>
    public static async Task Withdraw(
        SurveyDbContext db,
        string number,
        int beforeEpisode,
        string reason,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var open = await db
            .Invitations.FromSql($"SELECT * FROM invitations WHERE number = {number} ORDER BY id FOR UPDATE")
            .Where(i => i.Episode < beforeEpisode && Open.Contains(i.State))
            .ToListAsync(ct);
        foreach (var invitation in open)
            db.Publish(invitation.Cancel(reason, now), invitation.Id.ToString());
        await FollowUpPlans.Withdraw(db, number, 1, beforeEpisode - 1, reason, now, ct);
    }
}
