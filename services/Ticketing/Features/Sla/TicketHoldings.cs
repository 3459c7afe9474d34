using System.Text.Json;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>In whose hands a ticket was, read from its timeline in one statement.</summary>
internal static class TicketHoldings
{
    private const string Opened = "opened";
    private static readonly string[] HandedOver = ["automatic", "assigned", "claimed", "transferred"];

    /// <summary>In order of time; before its opening a ticket counts as new in the queue that it was opened in.</summary>
    public static async Task<IReadOnlyList<Holding>> Read(Guid ticketId, TicketingDbContext db, CancellationToken ct)
    {
        var lines = await db
            .Timeline.AsNoTracking()
            .Where(line => line.TicketId == ticketId)
            .OrderBy(line => line.Seq)
            .Select(line => new
            {
                line.At,
                line.Kind,
                line.Status,
                Details = line.Kind == Opened || HandedOver.Contains(line.Kind) ? line.Details : null,
            })
            .ToListAsync(ct);

        var holdings = new List<Holding>();
        (string? owner, string? team) = (null, null);
        foreach (var line in lines)
        {
            if (line.Details is not null)
            {
                using var details = JsonDocument.Parse(line.Details);
                var names = line.Kind == Opened ? details.RootElement.GetProperty("routed") : details.RootElement;
                team = Text(names, "team") ?? team;
                owner = line.Kind == Opened ? null : Text(names, "assignee");
            }
            var holding = new Holding(line.At, owner, team, line.Status);
            if (holdings.Count == 0 || holding with { From = holdings[^1].From } != holdings[^1])
                holdings.Add(holding);
        }
        return holdings;
    }

    private static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) ? value.GetString() : null;
}
