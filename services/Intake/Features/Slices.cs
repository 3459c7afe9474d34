using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Intake.Features.Classifying;
using CustomerFeedback.Intake.Features.Customers;
using CustomerFeedback.Intake.Features.Requests;

namespace CustomerFeedback.Intake.Features;

/// <summary>Every endpoint of the service, by hand.</summary>
internal static class Slices
{
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
        PutCustomer.Map(routes);
        PutDoNotContact.Map(routes);
        FindContacts.Map(routes);
    }
}
