using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using MassTransit;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>The customer gets the link of the survey: once per invitation.</summary>
internal sealed class SendLinkOnSurveyInvited(NotificationsDbContext db, Outgoing outgoing) : IConsumer<SurveyInvited>
{
    public Task Consume(ConsumeContext<SurveyInvited> context) =>
        db.HandleOnce(context, ct => outgoing.Enqueue([Send(context.Message)], ct));

    internal DeliveryRow Send(SurveyInvited invited) =>
        outgoing.ToCustomer(
            $"invitation:{invited.InvitationId}",
            "survey-link",
            "survey",
            invited.CustomerId,
            invited.Number,
            invited.Channel.Word(),
            invited.Language,
            invited.InvitationId,
            new() { ["expiresAt"] = Outgoing.Moment(invited.ExpiresAt) }
        );
}
