using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>The customer adds information. It ends a wait, whomever for, and changes no other state.</summary>
internal static class WriteOnStatusPage
{
    internal sealed record Input(string? Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/status/{token}/messages", Handle)
            .WithName(nameof(WriteOnStatusPage))
            .Produces<StatusView>(StatusCodes.Status201Created, "application/json", "text/html")
            .Produces(StatusCodes.Status303SeeOther)
            .Refuses(409, Refusal.IllegalTransition, StatusForm.NotReady)
            .Takes("lang", "The language of the page.")
            .WithSummary("The customer adds information (JSON or form).")
            .Accepts<Input>("application/json", "application/x-www-form-urlencoded")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string token,
        StatusAnswer answer,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!answer.Reads(token, out var requestId))
            return StatusAnswer.NoSuchLink(http);
        var (input, isForm) = await StatusForm.Read(http, form => new Input(form["text"]), ct);
        var checks = new Checks();
        var words = checks.Text("/text", input.Text);
        if (checks.Failed(out var malformed))
            return isForm && !StatusAnswer.WantsJson(http)
                ? await answer.Again(http, token, requestId, new(StatusView.Message, input.Text ?? ""), ct)
                : malformed;

        var (known, refusal) = await db.InTransaction(
            inside => desk.Customer(requestId, (ticket, order) => ticket.HearCustomer(words, order.At), inside),
            ct
        );
        var early = !known;
        if (isForm)
            return StatusAnswer.Back(
                http,
                token,
                early ? "early"
                    : refusal is null ? "written"
                    : "changed"
            );
        if (early)
            return StatusForm.NoTicketYet();
        if (refusal is not null)
            return Desk.Refused(refusal);
        return await answer.Show(http, token, requestId, StatusCodes.Status201Created, ct);
    }
}
