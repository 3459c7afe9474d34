using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Marking;

/// <summary>
/// One command on many tickets, with a result for each: what cannot be done on one is said there and holds no other up. All that is done is
/// stored together.
/// </summary>
internal static class ActOnMany
{
    public const int Most = 100;

    /// <param name="Value">What the command needs: the assignee, the tag, the watcher, the text, or the reason (<c>spam</c>, <c>duplicate</c>).</param>
    /// <param name="Note">Why: of an assignment or a cancellation.</param>
    internal sealed record Input(
        IReadOnlyList<string?>? Numbers,
        BulkCommand.Kind? Command,
        string? Value,
        string? Note = null
    );

    /// <param name="Done">Done, or so already.</param>
    /// <param name="Code">Why not, for programs; <c>not_found</c> for what the caller does not see.</param>
    /// <param name="Version">Of the ticket afterwards.</param>
    internal sealed record Row(string Number, bool Done, string? Code, string? Detail, int? Version);

    internal sealed record Results(IReadOnlyList<Row> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets:bulk", Handle)
            .WithName(nameof(ActOnMany))
            .Refuses(Refusal.UnknownAgent(""), Refusal.UnknownAssignee(""))
            .WithSummary("One command on up to 100 tickets: assign, tag, untag, watch, unwatch, comment or cancel.")
            .Produces<Results>()
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var numbers = NumbersOf(input, checks);
        var command = BulkCommand.Read(checks.Required("/command", input.Command), input.Value, input.Note, checks);
        if (checks.Failed(out var malformed))
            return malformed;
        if (await command.Refused(db, ct) is { } refusal)
            return Desk.Refused(refusal);
        var caller = http.User.Caller();
        return await db.InTransaction<IResult>(
            async token =>
            {
                var tickets = await db.LockedTickets(numbers, seen => seen.VisibleTo(caller), token);
                await command.Prepare(db, tickets.Values, token);
                var rows = new List<Row>(numbers.Length);
                foreach (var number in numbers)
                {
                    rows.Add(
                        tickets.TryGetValue(number, out var ticket)
                            ? RowOf(ticket, await desk.Do(ticket, caller.Subject, command.Decide, token))
                            : new(number, false, "not_found", "There is nothing here for you.", null)
                    );
                }
                return TypedResults.Ok(new Results(rows));
            },
            ct
        );
    }

    private static Row RowOf(Ticket ticket, Refusal? refusal) =>
        new(ticket.Number, refusal is null, refusal?.Code, refusal?.Detail, ticket.RowVersion);

    private static string[] NumbersOf(Input input, Checks checks)
    {
        var given = input.Numbers ?? [];
        checks.That(given.Count is >= 1 and <= Most, "/numbers", "out_of_range", $"1 to {Most} numbers.");
        return [.. given.Take(Most).Select((number, i) => checks.Name($"/numbers/{i}", number)).Distinct()];
    }
}
