using CustomerFeedback.ApiDocs;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>What the holder of a status link sees. Looking changes nothing.</summary>
internal static class ShowStatus
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/status/{token}", [HttpMethods.Get, HttpMethods.Head], Handle)
            .WithName(nameof(ShowStatus))
            .Produces<StatusView>(StatusCodes.Status200OK, "application/json", "text/html")
            .Takes("lang", "The language of the page.")
            .Takes("done", "What a form brought about.")
            .WithSummary(
                "The customer's status page (HTML; JSON by Accept): state, promises, progress, what they may do."
            );

    private static async Task<IResult> Handle(
        string token,
        StatusAnswer answer,
        HttpContext http,
        CancellationToken ct
    ) =>
        answer.Reads(token, out var requestId)
            ? await answer.Show(http, token, requestId, StatusCodes.Status200OK, ct)
            : StatusAnswer.NoSuchLink(http);
}
