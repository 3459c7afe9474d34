namespace CustomerFeedback.Ticketing.Features.StatusPage;

internal static class ShowStatus
{
    public static void Map(IEndpointRouteBuilder routes) => _ = routes;
}
