using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>
/// Overrides urgency, category, subcategory, complaint level or complexity: the ticket goes to whom the rules then name, and the clocks follow the
/// policy that then matches.
/// </summary>
internal static class ReclassifyTicket
{
    /// <summary>What may be changed; what is left out stays.</summary>
    internal sealed record Patch
    {
        public Urgency Urgency { get; init; }
        public Category Category { get; init; }
        public Subcategory Subcategory { get; init; }
        public int? ComplaintLevel { get; init; }
        public bool Complex { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPatch("/v1/tickets/{number}", Handle)
            .Accepts<Patch>("application/merge-patch+json", "application/json")
            .WithName(nameof(ReclassifyTicket))
            .Produces<TicketView>()
            .Commands(VersionNamed.Always, Command.Reclassify)
            .Refuses(422, Refusal.LevelWithoutComplaint)
            .ForExample("""{ "urgency": "urgent", "complex": true }""")
            .WithSummary(
                "Change urgency, category, subcategory, complaint level or complexity (JSON merge-patch, If-Match)."
            );

    private static async Task<IResult> Handle(
        string number,
        JsonElement patch,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (http.Request.Headers.IfMatch.Count == 0)
            return Problem.IfMatchMissing();
        var checks = new Checks();
        var correction = Read(patch, checks);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            async (ticket, order, token) =>
            {
                var before = ticket.RoutingFacts(await db.RoutedAttributes(ticket, token));
                var reclassified = ticket.Reclassify(correction, order.By, order.At);
                return reclassified.Happenings.Count == 0
                    ? reclassified
                    : await reclassified.RouteAnew(before, ticket, order, db, token);
            },
            ct
        );
    }

    private static Correction Read(JsonElement patch, Checks checks)
    {
        var correction = new Correction(null, null, null, (false, null), null);
        if (patch.ValueKind is not JsonValueKind.Object)
        {
            checks.Wrong("", "wrong_type", "A JSON object is wanted.");
            return correction;
        }

        foreach (var (name, value) in patch.EnumerateObject().Select(member => (member.Name, member.Value)))
        {
            correction = name switch
            {
                "urgency" => correction with { Urgency = ReadWord<Urgency>(name, value, checks) },
                "category" => correction with { Category = ReadWord<Category>(name, value, checks) },
                "subcategory" => correction with { Subcategory = ReadWord<Subcategory>(name, value, checks) },
                "complaintLevel" => correction with { Level = (true, ReadLevel(value, checks)) },
                "complex" => correction with { Complex = ReadFlag(value, checks) },
                _ => Unknown(correction, name, checks),
            };
        }

        return correction;
    }

    private static T? ReadWord<T>(string name, JsonElement value, Checks checks)
        where T : struct, Enum
    {
        if (value.ValueKind is JsonValueKind.String && Word.TryRead<T>(value.GetString(), out var word))
            return word;
        var code = value.ValueKind switch
        {
            JsonValueKind.String => "unknown_value",
            JsonValueKind.Null => "required",
            _ => "wrong_type",
        };
        checks.Wrong($"/{name}", code, $"One of these is wanted: {string.Join(", ", Word.All<T>())}.");
        return null;
    }

    private static int? ReadLevel(JsonElement value, Checks checks)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var level) && level is >= 1 and <= 3)
            return level;
        var code = value.ValueKind is JsonValueKind.Number ? "out_of_range" : "wrong_type";
        checks.Wrong("/complaintLevel", code, "1 (severest), 2 or 3; null for none.");
        return null;
    }

    private static bool? ReadFlag(JsonElement value, Checks checks)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        checks.Wrong("/complex", "wrong_type", "true or false.");
        return null;
    }

    private static Correction Unknown(Correction correction, string name, Checks checks)
    {
        checks.Wrong($"/{name}", "unknown_member", "This member cannot be changed here.");
        return correction;
    }
}
