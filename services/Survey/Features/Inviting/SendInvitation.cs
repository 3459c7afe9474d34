using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>An agent sends the ticket's survey by hand: now instead of later, under the same rules, once per episode.</summary>
internal static class SendInvitation
{
    internal sealed record Input(string? Ticket);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/invitations", Handle)
            .WithName(nameof(SendInvitation))
            .WithSummary("Send a confirmed ticket's survey now: same rules, one per episode.")
            .Produces<InvitationView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status404NotFound, "not_found")
            .Refuses(
                StatusCodes.Status409Conflict,
                "already_invited",
                "already_answered",
                "cancelled",
                "suppressed",
                "not_ready"
            )
            .WithIdempotency<SurveyDbContext>();

    private static async Task<IResult> Handle(
        Input input,
        SurveyDbContext db,
        Sending sending,
        LinkTokens links,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (string.IsNullOrWhiteSpace(input.Ticket))
            return Problem.Malformed(new FieldError("/ticket", "required", "The ticket's number is required."));
        var caller = http.User.Caller();
        var now = Instants.Truncate(time.GetUtcNow());
        return await db.InTransaction<IResult>(
            async token =>
            {
                // The ticket's row first: whoever sends and whoever reopens take turns.
                var ticket = await TicketTurns.Hold(db, input.Ticket, token);
                var invitation = await db
                    .Invitations.FromSql(
                        $"SELECT * FROM invitations WHERE number = {input.Ticket} ORDER BY id FOR UPDATE"
                    )
                    .VisibleTo(caller)
                    .OrderByDescending(i => i.Episode)
                    .FirstOrDefaultAsync(token);
                if (invitation is null)
                    return Problem.NotFound();
                if (Refused(invitation.StateAt(now)) is { } refused)
                    return refused;
                // What was not sent then is not sent any more: a suppressed one is not withdrawn with the others.
                if (ticket?.IsPast(invitation.Episode) is true && Refused(InvitationState.Cancelled) is { } past)
                    return past;
                await sending.Decide(invitation, now, token);
                if (invitation.State is not InvitationState.Sent)
                    return NotSent(invitation);
                invitation.SentBy = caller.Subject;
                return TypedResults.Created(
                    $"/v1/invitations?ticket={Uri.EscapeDataString(invitation.Number)}",
                    InvitationView.Of(invitation, caller, links, now)
                );
            },
            ct
        );
    }

    private static ProblemHttpResult? Refused(InvitationState state) =>
        state switch
        {
            InvitationState.Queued or InvitationState.Suppressed => null,
            InvitationState.Sent or InvitationState.Opened or InvitationState.Expired => Conflict(
                "already_invited",
                "The customer has been asked about this episode."
            ),
            InvitationState.Completed => Conflict("already_answered", "The customer has answered."),
            InvitationState.Cancelled => Conflict(
                "cancelled",
                "The ticket was reopened or cancelled: nobody is asked about it."
            ),
        };

    private static ProblemHttpResult NotSent(InvitationRow invitation) =>
        invitation.State is InvitationState.Suppressed
            ? Problem.Refused(
                StatusCodes.Status409Conflict,
                "suppressed",
                "This customer may not be asked now.",
                more: [new("reason", invitation.Reason)]
            )
            : Conflict(
                "not_ready",
                "What is needed for it has not arrived yet: it goes out by itself as soon as it has."
            );

    private static ProblemHttpResult Conflict(string code, string detail) =>
        Problem.Refused(StatusCodes.Status409Conflict, code, detail);
}
