using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Visiting;

/// <summary>Records an appointment at the customer's: the window that was agreed, and who goes.</summary>
internal static class ArrangeVisit
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <param name="Person">Who goes.</param>
    internal sealed record Input(DateTimeOffset? From, DateTimeOffset? To, string? Person);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/visits", Handle)
            .WithName(nameof(ArrangeVisit))
            .Commands(Command.Visit)
            .WithSummary("Record an appointment at the customer's: the window that was agreed, and who goes.")
            .Produces<VisitView>(StatusCodes.Status201Created)
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
        var from = checks.Required("/from", input.From);
        var to = checks.Required("/to", input.To);
        var person = checks.Name("/person", input.Person);
        if (input is { From: not null, To: not null })
        {
            checks.That(to > from, "/to", "ends_before_it_starts", "The window ends after it starts.");
            checks.That(to > desk.Now, "/to", "in_the_past", "An appointment is in the future.");
            checks.That(to - from <= Longest, "/to", "out_of_range", "The customer waits at home: a day at most.");
            checks.That(from - desk.Now <= Furthest, "/from", "out_of_range", "Within a year.");
        }
        if (checks.Failed(out var malformed))
            return malformed;

        Visit? visit = null;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            tickets => tickets.VisibleTo(http.User.Caller()),
            (ticket, order, _) =>
            {
                visit = Visit.At(ticket, from, to, person, order.By, order.At);
                var arranged = ticket.Arrange(visit, order.At);
                if (arranged.Refusal is null)
                    db.Visits.Add(visit);
                return Task.FromResult(arranged);
            },
            async (ticket, token) => (await VisitView.Of([visit!], ticket.Number, ticket.Status, db, token))[0],
            ct
        );
    }
}
