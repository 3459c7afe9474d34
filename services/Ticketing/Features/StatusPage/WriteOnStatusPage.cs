namespace CustomerFeedback.Ticketing.Features.StatusPage;

internal static class WriteOnStatusPage
{
    public static void Map(IEndpointRouteBuilder routes) => _ = routes;
}
