using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Collaborating;

/// <summary>A department's answer: meets the form's clock, and ends the waiting of a ticket that waits for no other department.</summary>
internal static class AnswerCollaboration
{
    internal sealed record Input(string? Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/collaborations/{id}/answer", Handle)
            .WithName(nameof(AnswerCollaboration))
            .Commands(Command.AnswerCollaboration)
            .Refuses(Refusal.AlreadyAnswered(default))
            .WithSummary("Answer what a department was asked; a member of it, or who handles the ticket.")
            .Produces<CollaborationView>()
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Guid id,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var text = checks.Text("/text", input.Text);
        if (checks.Failed(out var malformed))
            return malformed;

        var caller = http.User.Caller();
        Collaboration? form = null;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            tickets =>
                tickets.Where(ticket =>
                    db.Collaborations.VisibleTo(caller, db).Any(f => f.Id == id && f.TicketId == ticket.Id)
                ),
            async (ticket, order, token) =>
            {
                form = await db.Collaborations.SingleAsync(f => f.Id == id, token);
                var answered = ticket.Answer(form, text, order.By, order.At);
                var waits = await db.Collaborations.AnyAsync(
                    f => f.TicketId == ticket.Id && f.Id != id && f.AnsweredAt == null,
                    token
                );
                if (answered.Refusal is not null || ticket.Status is not TicketStatus.WaitingCollaboration || waits)
                    return answered;
                await desk.Record(ticket, order.By, answered, order.At, token);
                return ticket.Resume(ResumeCause.CollaborationAnswered, order.At);
            },
            async (ticket, token) =>
                (await CollaborationView.Of([new(form!, ticket.Number, ticket.Status)], db, desk.Now, token))[0],
            ct
        );
    }
}
