using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Features.Collaborating;
using CustomerFeedback.Ticketing.Features.Marking;
using CustomerFeedback.Ticketing.Features.Opening;
using CustomerFeedback.Ticketing.Features.Planning;
using CustomerFeedback.Ticketing.Features.Relating;
using CustomerFeedback.Ticketing.Features.Sla;
using CustomerFeedback.Ticketing.Features.Staffing;
using CustomerFeedback.Ticketing.Features.StatusPage;
using CustomerFeedback.Ticketing.Features.Surveying;
using CustomerFeedback.Ticketing.Features.Tickets;
using CustomerFeedback.Ticketing.Features.Viewing;
using CustomerFeedback.Ticketing.Features.Visiting;
using CustomerFeedback.Ticketing.Features.Work;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>Every endpoint and every consumer of the service, by hand.</summary>
internal static class Slices
{
    public static void AddTicketing(this Consumers bus) =>
        bus.ConsumeBatch<OpenTicketOnRequestReceived, RequestReceived>(options => options.BatchSize = 100)
            .Consume<MeetSurveyDispatchOnSurveyInvited, SurveyInvited>()
            .Consume<DropSurveyDispatchOnSurveyInvitationSuppressed, SurveyInvitationSuppressed>()
            .Consume<MeetComplaintFollowUpOnFollowUpAttempted, FollowUpAttempted>()
            .Consume<MeetComplaintFollowUpOnFollowUpCompleted, FollowUpCompleted>()
            .Consume<DropComplaintFollowUpOnFollowUpCancelled, FollowUpCancelled>();

    public static void MapTickets(this IEndpointRouteBuilder routes)
    {
        GetTicket.Map(routes);
        ListTickets.Map(routes);
        GetTimeline.Map(routes);
        GetBriefing.Map(routes);
        ReclassifyTicket.Map(routes);
        AssignTicket.Map(routes);
        RecordContact.Map(routes);
        ExcuseContact.Map(routes);
        GiveResponse.Map(routes);
        ShareProgress.Map(routes);
        PauseTicket.Map(routes);
        ResumeTicket.Map(routes);
        ResolveTicket.Map(routes);
        ConfirmResolution.Map(routes);
        SummariseCase.Map(routes);
        CancelTicket.Map(routes);
        AcknowledgeEscalation.Map(routes);
        MobilisePeople.Map(routes);
        RequestCollaboration.Map(routes);
        AnswerCollaboration.Map(routes);
        ListCollaborations.Map(routes);
        CommentOnTicket.Map(routes);
        MarkTicket.Map(routes);
        ActOnMany.Map(routes);
        LinkTickets.Map(routes);
        ListLinks.Map(routes);
        SuggestDuplicates.Map(routes);
        MergeTickets.Map(routes);
        SplitTicket.Map(routes);
        GetPlan.Map(routes);
        AgreeOnPlan.Map(routes);
        TakePlanStep.Map(routes);
        ArrangeVisit.Map(routes);
        ReportVisit.Map(routes);
        ListVisits.Map(routes);
    }

    public static void MapSla(this IEndpointRouteBuilder routes)
    {
        GetSla.Map(routes);
        ExplainSla.Map(routes);
        GetSlaPolicies.Map(routes);
        PublishSlaPolicy.Map(routes);
        ImportSlaPolicy.Map(routes);
        GetSlaCalendars.Map(routes);
        PublishSlaCalendar.Map(routes);
        PreviewSlaCalendar.Map(routes);
        ProposeHolidays.Map(routes);
        ApproveHolidays.Map(routes);
        SimulateSla.Map(routes);
        RebaseSla.Map(routes);
    }

    public static void MapStaffing(this IEndpointRouteBuilder routes)
    {
        KeepTeams.Map(routes);
        KeepAgents.Map(routes);
        KeepRosters.Map(routes);
        KeepRoutingRules.Map(routes);
        KeepViews.Map(routes);
    }

    public static void MapStatusPages(this IEndpointRouteBuilder routes)
    {
        ShowStatus.Map(routes);
        ConfirmOnStatusPage.Map(routes);
        WriteOnStatusPage.Map(routes);
        GetStatusLink.Map(routes);
    }
}
