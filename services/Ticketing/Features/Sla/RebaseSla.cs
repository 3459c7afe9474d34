using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>
/// Puts open clocks that are pinned to older versions onto the present ones: first as a list of what would change, then for good.
/// Editing a policy or a calendar moves nothing by itself; this is how somebody decides that it does.
/// </summary>
internal static class RebaseSla
{
    private const int MostNumbers = 1_000;
    private const string UnknownPolicy = "unknown_policy";
    private const string UnknownTicket = "unknown_ticket";

    /// <summary>Which clocks; whatever is left out narrows nothing.</summary>
    /// <param name="Tickets">Numbers.</param>
    internal sealed record Input(string? Policy = null, string? Calendar = null, IReadOnlyList<string>? Tickets = null);

    /// <summary>What changes, or would change.</summary>
    /// <param name="Pending">Clocks pinned to older versions: those there are in a dry run, those that are left otherwise.</param>
    /// <param name="Tickets">Tickets of this answer.</param>
    /// <param name="Items">The clocks of this page; of what was applied the first ones.</param>
    internal sealed record Answer(
        bool DryRun,
        StaleClocks Pending,
        int Tickets,
        int Clocks,
        int Retargeted,
        int Breached,
        int Cancelled,
        IReadOnlyList<RebaseItem> Items,
        string? NextCursor
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/sla/rebase", Handle)
            .WithName(nameof(RebaseSla))
            .InPages()
            .TakesFlag("dryRun", "Only lists; true when not said.")
            .WithSummary(
                "Put open clocks onto the present policy and calendar versions: ?dryRun=true (the default) lists."
            )
            .Produces<Answer>()
            .Refuses(
                StatusCodes.Status422UnprocessableEntity,
                UnknownPolicy,
                DraftTerms.UnknownCalendar,
                UnknownTicket
            );

    private static async Task<IResult> Handle(
        Input input,
        TicketingDbContext db,
        SlaCatalog catalog,
        RebaseBatches batches,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, ["dryRun"], out var page, out var unknown))
            return unknown;
        var checks = new Checks();
        var dryRun = checks.Flag(http, "dryRun") ?? true;
        checks.That(
            dryRun || page.After is null,
            "cursor",
            "not_in_this_mode",
            "What is applied is not listed any more: there is no page to go on from."
        );
        checks.That(input.Tickets?.Count is null or <= MostNumbers, "/tickets", "too_many", $"At most {MostNumbers}.");
        if (checks.Failed(out var malformed))
            return malformed;
        var scope = new RebaseScope((await catalog.Refresh(db, ct)).Current, input.Policy, input.Calendar);
        if (await Unknown(scope, db, ct) is { } refused)
            return refused;
        var (tickets, missing) = await Numbered(input.Tickets, db, ct);
        if (missing is not null)
            return missing;

        if (!dryRun)
            return TypedResults.Ok(await Apply(scope, tickets, page.Limit, batches, db, http, ct));
        var found = await db.StaleTickets(scope, tickets, page.After?.Id ?? Guid.Empty, page.Limit + 1, ct);
        var shown = page.Answer(http, found, id => new Cursor(0, id));
        var now = Instants.Truncate(time.GetUtcNow());
        var items = await RebaseItem.Preview([.. shown.Items], scope, http.User.Caller().Subject, now, db, catalog, ct);
        return TypedResults.Ok(
            Of(true, await db.CountStale(scope, tickets, ct), shown.Items.Count, items, items, shown.NextCursor)
        );
    }

    private static async Task<Answer> Apply(
        RebaseScope scope,
        Guid[]? tickets,
        int shown,
        RebaseBatches batches,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var (count, items) = await batches.Apply(scope, tickets, http.User.Caller().Subject, ct);
        return Of(false, await db.CountStale(scope, tickets, ct), count, items, items.Take(shown), null);
    }

    private static Answer Of(
        bool dryRun,
        StaleClocks pending,
        int tickets,
        IReadOnlyList<RebaseItem> all,
        IEnumerable<RebaseItem> shown,
        string? next
    ) =>
        new(
            dryRun,
            pending,
            tickets,
            all.Count,
            all.Count(item => item.Outcome is RebaseOutcome.Retargeted),
            all.Count(item => item.Outcome is RebaseOutcome.Breached),
            all.Count(item => item.Outcome is RebaseOutcome.Cancelled),
            [.. shown],
            next
        );

    private static async Task<ProblemHttpResult?> Unknown(
        RebaseScope scope,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        if (scope.Policy is { } policy && scope.Present.All(terms => terms.Pin.PolicyId != policy))
            return Refused(
                UnknownPolicy,
                $"There is no policy '{policy}'.",
                new FieldError("/policy", UnknownPolicy, "No such policy.")
            );
        return scope.Calendar is { } calendar && !await db.Calendars.AnyAsync(row => row.CalendarId == calendar, ct)
            ? Refused(
                DraftTerms.UnknownCalendar,
                $"There is no calendar '{calendar}'.",
                new FieldError("/calendar", DraftTerms.UnknownCalendar, "No such calendar.")
            )
            : null;
    }

    private static async Task<(Guid[]? Ids, ProblemHttpResult? Missing)> Numbered(
        IReadOnlyList<string>? numbers,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        if (numbers is null)
            return default;
        var known = await db
            .Tickets.Where(ticket => numbers.Contains(ticket.Number))
            .ToDictionaryAsync(ticket => ticket.Number, ticket => ticket.Id, ct);
        var missing = numbers
            .Index()
            .Where(number => number.Item is null || !known.ContainsKey(number.Item))
            .Select(number => new FieldError($"/tickets/{number.Index}", UnknownTicket, "No such ticket."))
            .ToArray();
        return missing.Length == 0
            ? ([.. known.Values], null)
            : (null, Refused(UnknownTicket, "Not all of these tickets are known.", missing));
    }

    private static ProblemHttpResult Refused(string code, string detail, params FieldError[] errors) =>
        Problem.Refused(StatusCodes.Status422UnprocessableEntity, code, detail, errors: errors);
}
