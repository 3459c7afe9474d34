using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Features.Marking;
using CustomerFeedback.Ticketing.Features.Tickets;
using Microsoft.AspNetCore.Http.Extensions;

namespace CustomerFeedback.Ticketing.Features.Viewing;

/// <summary>A saved view as it is written.</summary>
/// <param name="Filters">Those of <c>GET /v1/tickets</c>, its sort too, by parameter.</param>
internal sealed record ViewForm(string? Name, IReadOnlyDictionary<string, string?>? Filters, bool Shared = false)
{
    /// <summary>As it is shown.</summary>
    /// <param name="Url">The list that it names.</param>
    /// <param name="Mine">Whether the caller may change it.</param>
    internal sealed record Shown(
        Guid Id,
        string Name,
        bool Shared,
        IReadOnlyDictionary<string, string> Filters,
        string Url,
        string Owner,
        bool Mine,
        int Version
    );

    private static readonly string[] Known = [.. ListTickets.Filters, "sort"];

    /// <summary>The filters as they are kept; what the list would not take is said to <paramref name="checks"/>.</summary>
    public (string Name, string Filters) Read(Checks checks)
    {
        var name = checks.Name("/name", Name);
        var filters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, given) in Filters ?? new Dictionary<string, string?>())
        {
            var pointer = $"/filters/{key.Replace("~", "~0").Replace("/", "~1")}";
            if (!Known.Contains(key))
            {
                checks.Wrong(pointer, "unknown_parameter", $"Known are: {string.Join(", ", Known)}.");
                continue;
            }
            var value = checks.Name(pointer, given);
            checks.That(Fits(key, value, pointer, checks), pointer, "unknown_value", "The list knows no such value.");
            filters[key] = value;
        }
        return (name, JsonSerializer.Serialize(filters, MessagingJson.Options));
    }

    public static Shown Of(SavedView view, string caller)
    {
        var filters = JsonSerializer.Deserialize<Dictionary<string, string>>(view.Filters, MessagingJson.Options)!;
        return new(
            view.Id,
            view.Name,
            view.Shared,
            filters,
            $"/v1/tickets{new QueryBuilder(filters)}",
            view.Owner,
            view.Owner == caller,
            view.Version
        );
    }

    private static bool Fits(string key, string value, string pointer, Checks checks)
    {
        switch (key)
        {
            case "status":
                return Words.TryParse<TicketStatus>(value, out _);
            case "category":
                return Words.TryParse<Category>(value, out _);
            case "urgency":
                return Words.TryParse<Urgency>(value, out _);
            case "breached":
                return value is "true" or "false";
            case "sort":
                return value is ListTickets.Sort or $"-{ListTickets.Sort}";
            case "tag":
                TagName.Read(value, pointer, checks);
                return true;
            default:
                return true;
        }
    }
}
