using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Records that people are gathered for an emergency: the first time meets its clock, later ones say who joined.</summary>
internal static class MobilisePeople
{
    private const int MostPeople = 50;

    internal sealed record Input(IReadOnlyList<string?>? People, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/mobilisation", Handle)
            .WithName(nameof(MobilisePeople))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.Mobilise)
            .Refuses(Refusal.NoEmergency)
            .WithSummary("Record who was gathered for an emergency.")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var given = input.People ?? [];
        checks.That(given.Count is >= 1 and <= MostPeople, "/people", "out_of_range", $"1 to {MostPeople} people.");
        string[] people = [.. given.Take(MostPeople).Select((who, i) => checks.Name($"/people/{i}", who))];
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Mobilise(people, words, order.At),
            ct
        );
    }
}
