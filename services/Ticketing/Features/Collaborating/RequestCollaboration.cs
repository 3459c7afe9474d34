using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Collaborating;

/// <summary>Asks another department for something, until a time that has a clock of its own; the ticket may wait for the answer.</summary>
internal static class RequestCollaboration
{
    /// <param name="Wait">The ticket waits until every department has answered; possible while it is in progress.</param>
    internal sealed record Input(string? Department, string? Need, DateTimeOffset? AnswerBy, bool Wait = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/collaborations", Handle)
            .WithName(nameof(RequestCollaboration))
            .Commands(Command.Collaborate, Command.PauseForOthers)
            .WithSummary("Ask another department: what is needed, and by when; with 'wait' the ticket waits for it.")
            .Produces<CollaborationView>(StatusCodes.Status201Created)
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var department = checks.Name("/department", input.Department);
        var need = checks.Text("/need", input.Need);
        var answerBy = checks.Required("/answerBy", input.AnswerBy);
        checks.Ahead("/answerBy", input.AnswerBy, desk.Now, "An answer is needed in the future.");
        if (checks.Failed(out var malformed))
            return malformed;

        Collaboration? form = null;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            tickets => tickets.VisibleTo(http.User.Caller()),
            async (ticket, order, token) =>
            {
                if (input.Wait && ticket.Status is not TicketStatus.WaitingCollaboration)
                {
                    // First, because only this can be refused here: a ticket that waits may always ask.
                    var pause = ticket.Pause(PauseReason.ThirdParty, null, null, order.At);
                    if (pause.Refusal is not null)
                        return pause;
                    await desk.Record(ticket, order.By, pause, order.At, token);
                }

                form = Collaboration.On(ticket, department, answerBy, order.By, order.At);
                var asked = ticket.Ask(form, need, order.At);
                if (asked.Refusal is null)
                    db.Collaborations.Add(form);
                return asked;
            },
            async (ticket, token) =>
                (await CollaborationView.Of([new(form!, ticket.Number, ticket.Status)], db, desk.Now, token))[0],
            ct
        );
    }
}
