using CustomerFeedback.ApiDocs;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Notifications.Features;

/// <summary>What was sent, to whom in masks, and what became of it; newest first.</summary>
internal static class ListNotifications
{
    /// <summary>One delivery.</summary>
    /// <param name="Recipient"><c>customer</c>, or an agent's id.</param>
    /// <param name="MaskedRecipient">As <c>138****1234</c>; null before the first try.</param>
    /// <param name="State">queued, sending, delivered, failed or suppressed.</param>
    /// <param name="Reason">Why it was not delivered (yet): a stable word.</param>
    internal sealed record Delivery(
        Guid Id,
        string? Ticket,
        string Template,
        string Recipient,
        string? MaskedRecipient,
        string? Channel,
        string? Language,
        string? Adapter,
        string State,
        string? Reason,
        int Attempts,
        DateTimeOffset? NextTryAt,
        DateTimeOffset CreatedAt,
        DateTimeOffset? EndedAt
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/notifications", Handle)
            .WithName(nameof(ListNotifications))
            .InPages("createdAt")
            .Takes("ticket", "The ticket's number.")
            .Takes("state", "What became of it.", DeliveryState.All)
            .WithSummary("What was sent to customers and agents, and what became of it (ticket=, state=)")
            .Produces<Page<Delivery>>();

    private static async Task<IResult> Handle(NotificationsDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, ["ticket", "state"], out var page, out var problem, "createdAt"))
            return problem;
        var (ticket, state) = (http.Request.Query["ticket"].ToString(), http.Request.Query["state"].ToString());
        if (state.Length > 0 && !DeliveryState.All.Contains(state))
            return Problem.Malformed(
                new FieldError("state", "unknown_value", $"One of {string.Join(", ", DeliveryState.All)}.")
            );

        var rows = db.Deliveries.AsNoTracking();
        if (ticket.Length > 0)
            rows = rows.Where(row => row.Number == ticket);
        if (state.Length > 0)
            rows = rows.Where(row => row.State == state);
        var found = await page.Of(rows, row => row.Id).ToListAsync(ct);
        return TypedResults.Ok(
            page.Answer(http, [.. found.Select(Of)], delivery => new Cursor(delivery.CreatedAt, delivery.Id))
        );
    }

    private static Delivery Of(DeliveryRow row) =>
        new(
            row.Id,
            row.Number,
            row.Template,
            row.Recipient,
            row.MaskedRecipient,
            row.Channel,
            row.Language,
            row.Adapter,
            row.State,
            row.Reason,
            row.Attempts,
            row.NextTryAt,
            row.CreatedAt,
            row.EndedAt
        );
}
