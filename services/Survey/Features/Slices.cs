using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Features.Answering;
using CustomerFeedback.Survey.Features.FollowingUp;
using CustomerFeedback.Survey.Features.Inviting;
using CustomerFeedback.Survey.Features.Questionnaires;
using CustomerFeedback.Survey.Features.Recovery;
using CustomerFeedback.Survey.Features.Responses;
using CustomerFeedback.Survey.Features.Stores;

namespace CustomerFeedback.Survey.Features;

/// <summary>Every endpoint and every consumer of the service, by hand.</summary>
internal static class Slices
{
    public static void AddSurvey(this Consumers bus) =>
        bus.Consume<PlanInvitationOnResolutionConfirmed, ResolutionConfirmed>()
            .Consume<PlanFollowUpOnTicketResolved, TicketResolved>()
            .Consume<ReviseFollowUpOnTicketClassified, TicketClassified>()
            .Consume<WithdrawInvitationOnTicketReopened, TicketReopened>()
            .Consume<WithdrawInvitationOnTicketCancelled, TicketCancelled>()
            .ConsumeBatch<CopyCustomerOnCustomerUpserted, CustomerUpserted>(ConsumerOptions.Unhurried);

    public static void MapQuestionnaires(this IEndpointRouteBuilder routes)
    {
        GetQuestionnaires.Map(routes);
        CreateQuestionnaire.Map(routes);
        PutQuestionnaire.Map(routes);
        LintQuestionnaire.Map(routes);
        PublishQuestionnaire.Map(routes);
    }

    public static void MapInvitations(this IEndpointRouteBuilder routes)
    {
        ListInvitations.Map(routes);
        SendInvitation.Map(routes);
        GetInvitationLink.Map(routes);
    }

    public static void MapAnswering(this IEndpointRouteBuilder routes)
    {
        ShowSurvey.Map(routes);
        SubmitForm.Map(routes);
        GetSurveyLink.Map(routes);
        SaveAnswers.Map(routes);
        SubmitResponse.Map(routes);
    }

    public static void MapFollowUps(this IEndpointRouteBuilder routes)
    {
        ListFollowUps.Map(routes);
        GetFollowUp.Map(routes);
        RecordAttempt.Map(routes);
        RecordResponse.Map(routes);
    }

    public static void MapStoreLinks(this IEndpointRouteBuilder routes)
    {
        CreateStoreLink.Map(routes);
        DrawStoreLink.Map(routes);
    }

    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        ListResponses.Map(routes);
        KeepRecoveryRules.Map(routes);
    }
}
