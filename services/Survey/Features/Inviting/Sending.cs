using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using CustomerFeedback.Survey.Features.Questionnaires;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>The moment of sending: whether this customer may be asked now, on which way, with which version. The same by trigger and by hand.</summary>
internal sealed class Sending(SurveyDbContext db, IOptions<SurveyOptions> options, ILogger<Sending> log)
{
    /// <summary>Until the customer's facts, or a questionnaire, are there.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    /// <summary>Sends, suppresses with the reason, or puts off. The row is locked by the caller; saving is the caller's too.</summary>
    public async Task Decide(InvitationRow invitation, DateTimeOffset now, CancellationToken ct)
    {
        if (!invitation.HumanContact)
        {
            Suppress(invitation, ContactRules.NoHumanContact, now);
            return;
        }

        var customer = await db
            .Customers.AsNoTracking()
            .SingleOrDefaultAsync(c => c.CustomerId == invitation.CustomerId, ct);
        var patience = invitation.PlannedAt + options.Value.DispatchDelay + options.Value.CustomerPatience;
        if (customer is null && now < patience)
        {
            invitation.DueAt = now + Later;
            return;
        }

        var facts = invitation.TicketFacts();
        var (way, reason) = customer is null
            ? (null, ContactRules.Unreachable)
            : ContactRules.Decide(Contacts.Of(customer), Contacts.WayOf(facts.Channel), now);
        if (way is not { } wanted)
        {
            Suppress(invitation, reason!, now);
            return;
        }

        if (await QuestionnaireLibrary.Newest(db, invitation.QuestionnaireId, ct) is not { } version)
        {
            Log.NothingToAsk(log, invitation.QuestionnaireId);
            invitation.DueAt = now + (Later * 5);
            return;
        }

        var invited = invitation.Send(
            Contacts.ChannelOf(wanted),
            version,
            invitation.Language,
            options.Value.LinkLifetime,
            now
        );
        db.Publish(invited, invitation.Id.ToString());
        db.AfterCommit(() => InvitationMetrics.CountSent(wanted));
        Log.Decided(log, invitation.Number, invitation.Episode, "sent", null);
    }

    private void Suppress(InvitationRow invitation, string reason, DateTimeOffset now)
    {
        // Asked again by hand and refused for the same reason: nothing new to tell.
        if (invitation.State is InvitationState.Suppressed && invitation.Reason == reason)
            return;
        db.Publish(invitation.Suppress(reason, now), invitation.Id.ToString());
        db.AfterCommit(() => InvitationMetrics.CountSuppressed(reason));
        Log.Decided(log, invitation.Number, invitation.Episode, "suppressed", reason);
    }
}
