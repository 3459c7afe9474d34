using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Intake.Features.Classifying;
using CustomerFeedback.Intake.Features.Copying;
using CustomerFeedback.Intake.Features.Customers;
using CustomerFeedback.Intake.Features.Histories;
using CustomerFeedback.Intake.Features.Recovering;
using CustomerFeedback.Intake.Features.Requests;
using CustomerFeedback.Intake.Features.Splitting;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Intake.Features;

/// <summary>Every endpoint and every consumer of the service, by hand.</summary>
internal static class Slices
{
    public static void AddIntake(this Consumers bus) =>
        bus.Consume<CopyPolicyOnSlaPolicyPublished, SlaPolicyPublished>()
            .Consume<CopyCalendarOnSlaCalendarPublished, SlaCalendarPublished>()
            .ConsumeBatch<NoteStatusOnTicketStatusChanged, TicketStatusChanged>(ConsumerOptions.Unhurried)
            .ConsumeBatch<NoteTeamOnTicketAssigned, TicketAssigned>(ConsumerOptions.Unhurried)
            .ConsumeEnvelopes<KeepHistory>(
                EventTable.Rows.Where(row => row.Queues.Contains(KeepHistory.Queue)).Select(row => row.Event),
                ConsumerOptions.Unhurried
            )
            .Consume<OpenRecoveryOnRecoveryRequested, RecoveryRequested>()
            .Consume<OpenSplitOnTicketSplit, TicketSplit>();

    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        AcceptRequest.Map(routes);
        GetRequest.Map(routes);
        ListRequests.Map(routes);
    }

    public static void MapClassification(this IEndpointRouteBuilder routes)
    {
        GetClassificationRules.Map(routes);
        PutClassificationRules.Map(routes);
    }

    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        GetCustomer.Map(routes);
        GetCustomerHistory.Map(routes);
        PutCustomer.Map(routes);
        PutDoNotContact.Map(routes);
        FindContacts.Map(routes);
    }
}
