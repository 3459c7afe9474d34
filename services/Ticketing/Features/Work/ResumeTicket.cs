using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Ends a pause.</summary>
internal static class ResumeTicket
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/v1/tickets/{number}/pauses/current", Handle)
            .WithName(nameof(ResumeTicket))
            .Produces<TicketView>()
            .Commands(Command.Resume)
            .WithSummary("End the pause: the work goes on.");

    private static async Task<IResult> Handle(string number, Desk desk, HttpContext http, CancellationToken ct) =>
        await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            (ticket, order) => ticket.Resume(ResumeCause.Asked, order.At),
            ct
        );
}
