namespace CustomerFeedback.Ticketing.Features.StatusPage;

internal static class ConfirmOnStatusPage
{
    public static void Map(IEndpointRouteBuilder routes) => _ = routes;
}
