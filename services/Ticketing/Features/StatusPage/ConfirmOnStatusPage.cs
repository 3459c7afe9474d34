using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>The customer's last word on the status page: solved, or not solved. Said twice it counts once.</summary>
internal static class ConfirmOnStatusPage
{
    internal sealed record Input(bool? Solved, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/status/{token}/confirmation", Handle)
            .WithName(nameof(ConfirmOnStatusPage))
            .Produces<StatusView>(StatusCodes.Status200OK, "application/json", "text/html")
            .Produces(StatusCodes.Status303SeeOther)
            .Refuses(409, Refusal.IllegalTransition, StatusForm.NotReady)
            .Refuses(Refusal.TooLateToReopen(default, default))
            .Takes("lang", "The language of the page.")
            .ForExample("""{ "solved": true, "note": "It arrived." }""")
            .WithSummary("The customer confirms the resolution, or says that it is not solved (JSON or form).")
            .Accepts<Input>("application/json", "application/x-www-form-urlencoded")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string token,
        StatusAnswer answer,
        Desk desk,
        TicketingDbContext db,
        IOptions<TicketOptions> options,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!answer.Reads(token, out var requestId))
            return StatusAnswer.NoSuchLink(http);
        var (input, isForm) = await StatusForm.Read(http, Of, ct);
        var checks = new Checks();
        var solved = checks.Required("/solved", input.Solved);
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return isForm && !StatusAnswer.WantsJson(http)
                ? await answer.Again(
                    http,
                    token,
                    requestId,
                    new(solved ? StatusView.Confirm : StatusView.Reject, input.Note ?? ""),
                    ct
                )
                : malformed;

        var (known, refusal) = await db.InTransaction(
            inside =>
                desk.Customer(
                    requestId,
                    (ticket, order) => Decide(ticket, solved, words, options.Value.ReopenWindow, order.At),
                    inside
                ),
            ct
        );
        if (isForm)
            return StatusAnswer.Back(http, token, NoticeOf(known, refusal, solved));
        if (!known)
            return StatusForm.NoTicketYet();
        if (refusal is not null)
            return Desk.Refused(refusal);
        return await answer.Show(http, token, requestId, StatusCodes.Status200OK, ct);
    }

    private static Input Of(IFormCollection form) =>
        new(
            form["solved"].ToString() switch
            {
                "true" => true,
                "false" => false,
                _ => null,
            },
            form["note"]
        );

    // What has been said already is not said again.
    private static Decision Decide(Ticket ticket, bool solved, Wording? words, TimeSpan window, DateTimeOffset at)
    {
        var said = ticket.Confirmation;
        if (solved)
            return ticket.Status is TicketStatus.Closed && said is Confirmation.Confirmed
                ? Decision.NothingNew
                : ticket.ConfirmSolved(words, at);
        return ticket.Status is TicketStatus.InProgress && said is Confirmation.Rejected
            ? Decision.NothingNew
            : ticket.ConfirmNotSolved(words, window, at);
    }

    private static string NoticeOf(bool known, Refusal? refusal, bool solved) =>
        !known ? "early"
        : refusal is { Code: Refusal.ReopenWindowOver } ? "too_late"
        : refusal is not null ? "changed"
        : solved ? "confirmed"
        : "rejected";
}
