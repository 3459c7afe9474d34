using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Inviting;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>What happens to a personal link before it is answered: looked at, begun, put aside.</summary>
internal sealed class DraftDesk(SurveyDbContext db, TimeProvider time)
{
    private static readonly IReadOnlyDictionary<string, Answer> Nothing = new Dictionary<string, Answer>();

    /// <summary>What was kept so far.</summary>
    public async Task<IReadOnlyDictionary<string, Answer>> Read(SurveyLink link, CancellationToken ct)
    {
        if (link.Invitation is not { StartedAt: not null } invitation)
            return Nothing;
        var kept = await db
            .Drafts.AsNoTracking()
            .Where(draft => draft.InvitationId == invitation.Id)
            .Select(draft => draft.Answers)
            .SingleOrDefaultAsync(ct);
        return kept is null ? Nothing : StoredJson.Read<Dictionary<string, Answer>>(kept);
    }

    /// <summary>The first look at the questions; those after it change nothing.</summary>
    public async Task NoteOpened(SurveyLink link, CancellationToken ct)
    {
        if (link.Invitation is not { State: InvitationState.Sent } seen || link.Standing is not LinkStanding.Open)
            return;
        await db.InTransaction(
            async token =>
            {
                var now = Instants.Truncate(time.GetUtcNow());
                if (await Locked(seen.Id, token) is not { State: InvitationState.Sent } invitation)
                    return;
                (invitation.State, invitation.OpenedAt) = (InvitationState.Opened, now);
                db.Publish(
                    new SurveyOpened(
                        invitation.Id,
                        ++invitation.EventVersion,
                        invitation.QuestionnaireId,
                        invitation.QuestionnaireVersion,
                        invitation.CustomerId,
                        invitation.Number,
                        now
                    ),
                    invitation.Id.ToString()
                );
            },
            ct
        );
    }

    /// <summary>Keeps answers: question by question the newest, an empty one takes the kept one away. Null where the link is not open any more.</summary>
    public Task<IReadOnlyDictionary<string, Answer>?> Keep(
        SurveyLink link,
        IReadOnlyDictionary<string, Answer> answers,
        IEnumerable<string> cleared,
        CancellationToken ct
    ) =>
        db.InTransaction<IReadOnlyDictionary<string, Answer>?>(
            async token =>
            {
                var now = Instants.Truncate(time.GetUtcNow());
                var invitation = await Locked(link.Invitation!.Id, token);
                if (invitation?.StateAt(now) is not (InvitationState.Sent or InvitationState.Opened))
                    return null;
                var draft = await db.Drafts.SingleOrDefaultAsync(d => d.InvitationId == invitation.Id, token);
                var kept = draft is null ? [] : StoredJson.Read<Dictionary<string, Answer>>(draft.Answers);
                foreach (var id in cleared)
                    kept.Remove(id);
                foreach (var (id, answer) in answers)
                    kept[id] = answer;
                if (draft is null)
                    db.Drafts.Add(
                        new()
                        {
                            InvitationId = invitation.Id,
                            CustomerId = invitation.CustomerId,
                            Answers = StoredJson.Write(kept),
                            ChangedAt = now,
                        }
                    );
                else
                    (draft.Answers, draft.ChangedAt) = (StoredJson.Write(kept), now);
                if (invitation.StartedAt is null && kept.Count > 0)
                    Start(invitation, now);
                return kept;
            },
            ct
        );

    private void Start(InvitationRow invitation, DateTimeOffset now)
    {
        invitation.StartedAt = now;
        db.Publish(
            new SurveyStarted(
                invitation.Id,
                ++invitation.EventVersion,
                invitation.QuestionnaireId,
                invitation.QuestionnaireVersion,
                invitation.CustomerId,
                invitation.Number,
                now
            ),
            invitation.Id.ToString()
        );
    }

    private Task<InvitationRow?> Locked(Guid id, CancellationToken ct) =>
        db.Invitations.FromSql($"SELECT * FROM invitations WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);
}
