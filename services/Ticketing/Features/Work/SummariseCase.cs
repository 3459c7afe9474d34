using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Writes what was learned from a case. Closes a confirmed complaint or complex case that waited only for it.</summary>
internal static class SummariseCase
{
    private const int MostWhys = 10;

    internal sealed record Input(string? Cause, IReadOnlyList<string?>? FiveWhys, string? WentWell, string? Improve);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/case-summary", Handle)
            .WithName(nameof(SummariseCase))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.SummariseCase)
            .ForExample(
                """{ "cause": "One item was not packed.", "fiveWhys": ["The list was cut off."], "wentWell": "Fast delivery.", "improve": "Print longer lists." }"""
            )
            .WithSummary("Write the case summary: cause with its whys, what went well, what to improve.")
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
        var summary = new
        {
            Cause = checks.Text("/cause", input.Cause).Text,
            FiveWhys = Whys(input, checks),
            WentWell = checks.Text("/wentWell", input.WentWell).Text,
            Improve = checks.Text("/improve", input.Improve).Text,
        };
        if (checks.Failed(out var malformed))
            return malformed;
        var words = new Wording(
            string.Join('\n', [summary.Cause, .. summary.FiveWhys, summary.WentWell, summary.Improve]),
            JsonSerializer.Serialize(summary, MessagingJson.Options)
        );
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Summarise(words, order.At),
            ct
        );
    }

    private static string[] Whys(Input input, Checks checks)
    {
        var whys = input.FiveWhys ?? [];
        checks.That(whys.Count is >= 1 and <= MostWhys, "/fiveWhys", "out_of_range", $"1 to {MostWhys} steps.");
        return [.. whys.Take(MostWhys).Select((why, i) => checks.Text($"/fiveWhys/{i}", why).Text)];
    }
}
