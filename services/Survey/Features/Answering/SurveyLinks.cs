using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using CustomerFeedback.Survey.Features.Inviting;
using CustomerFeedback.Survey.Features.Questionnaires;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Reads links: personal ones and those that hang in a store look alike.</summary>
internal sealed class SurveyLinks(
    SurveyDbContext db,
    LinkTokens tokens,
    QuestionnaireLibrary library,
    TimeProvider time
)
{
    public const string StorePurpose = "store";

    /// <summary>What the token stands for now.</summary>
    /// <param name="version">Of a store link: the version that was shown; null for the newest.</param>
    public async Task<SurveyLink> Find(string token, int? version, CancellationToken ct)
    {
        if (tokens.TryRead(InvitationView.Purpose, token, out var invitation, out _))
            return await Personal(invitation, ct);
        return tokens.TryRead(StorePurpose, token, out var place, out _)
            ? await OfStore(place, version, ct)
            : SurveyLink.Unknown;
    }

    private async Task<SurveyLink> Personal(Guid id, CancellationToken ct)
    {
        // One trip to the database for all that an answer needs.
        var found = await db
            .Invitations.AsNoTracking()
            .Where(i => i.Id == id)
            .Select(i => new { Invitation = i, Rules = db.RecoveryRules.Max(r => (int?)r.Version) })
            .SingleOrDefaultAsync(ct);
        if (found is null || found.Invitation.State is InvitationState.Queued)
            return SurveyLink.NotReady;
        var row = found.Invitation;
        var questionnaire = await library.Find(db, row.QuestionnaireId, row.QuestionnaireVersion, ct);
        return new(
            StandingOf(row.StateAt(time.GetUtcNow())),
            row,
            null,
            questionnaire,
            row.QuestionnaireVersion,
            found.Rules ?? 0
        );
    }

    private async Task<SurveyLink> OfStore(Guid id, int? version, CancellationToken ct)
    {
        var found = await db
            .StoreLinks.AsNoTracking()
            .Where(link => link.Id == id)
            .Select(link => new { Place = link, Rules = db.RecoveryRules.Max(r => (int?)r.Version) })
            .SingleOrDefaultAsync(ct);
        if (found is null)
            return SurveyLink.Unknown;
        version ??= await QuestionnaireLibrary.Newest(db, found.Place.QuestionnaireId, ct);
        var questionnaire = version is { } known
            ? await library.Find(db, found.Place.QuestionnaireId, known, ct)
            : null;
        return questionnaire is null
            ? SurveyLink.NotReady
            : new(LinkStanding.Open, null, found.Place, questionnaire, version!.Value, found.Rules ?? 0);
    }

    private static LinkStanding StandingOf(InvitationState state) =>
        state switch
        {
            InvitationState.Queued => LinkStanding.NotReady,
            InvitationState.Sent or InvitationState.Opened => LinkStanding.Open,
            InvitationState.Completed => LinkStanding.Answered,
            InvitationState.Expired => LinkStanding.Expired,
            InvitationState.Cancelled or InvitationState.Suppressed => LinkStanding.Cancelled,
        };
}
