using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>The customer agreed, or was silent after somebody had spoken with them: the survey is due a little later, once per episode.</summary>
internal sealed class PlanInvitationOnResolutionConfirmed(
    SurveyDbContext db,
    Alarm alarm,
    IOptions<SurveyOptions> options,
    TimeProvider time
) : IConsumer<ResolutionConfirmed>
{
    public Task Consume(ConsumeContext<ResolutionConfirmed> context) =>
        db.HandleOnce(context, ct => Plan(context.Message, ct));

    internal async Task Plan(ResolutionConfirmed confirmed, CancellationToken ct)
    {
        if (confirmed.Confirmation is not (Confirmation.Confirmed or Confirmation.BySilence))
            return;
        var now = Instants.Truncate(time.GetUtcNow());
        // The ticket's row first: whoever confirms and whoever reopens take turns.
        var ticket = await TicketTurns.Take(db, confirmed.Number, confirmed.Episode, cancelled: false, ct);
        if (await db.Invitations.AnyAsync(i => i.Number == confirmed.Number && i.Episode == confirmed.Episode, ct))
            return;

        var invitation = new InvitationRow
        {
            Id = Guid.CreateVersion7(),
            Number = confirmed.Number,
            Episode = confirmed.Episode,
            CustomerId = confirmed.CustomerId,
            QuestionnaireId = options.Value.TicketQuestionnaire,
            Language = confirmed.Facts.Language,
            HumanContact = confirmed.Confirmation is Confirmation.Confirmed || confirmed.HumanContactTookPlace,
            Facts = StoredJson.Write(confirmed.Facts),
            Team = confirmed.Facts.Team,
            Assignee = confirmed.Facts.Assignee,
            RecordedBy = confirmed.RecordedBy,
            PlannedAt = now,
            DueAt = confirmed.OccurredAt + options.Value.DispatchDelay,
        };
        db.Invitations.Add(invitation);
        if (ticket.Cancelled)
            db.Publish(invitation.Cancel(ContactRules.TicketCancelled, now), invitation.Id.ToString());
        else if (ticket.Episode > confirmed.Episode)
            db.Publish(invitation.Cancel(ContactRules.Reopened, now), invitation.Id.ToString());
        else
            db.AfterCommit(alarm.Ring);
    }
}
