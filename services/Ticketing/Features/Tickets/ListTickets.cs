using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Features.Marking;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Tickets;

/// <summary>Tickets that the caller may see, newest first; filtered, and searched by number, subject and notes.</summary>
internal static class ListTickets
{
    /// <summary>What the list can be narrowed by.</summary>
    public static readonly string[] Filters =
    [
        "status",
        "team",
        "assignee",
        "category",
        "urgency",
        "breached",
        "tag",
        "watching",
        "q",
    ];

    /// <summary>What it is sorted by.</summary>
    public const string Sort = "openedAt";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets", Handle)
            .WithName(nameof(ListTickets))
            .InPages(Sort)
            .Takes("status", "Its state.", Words.All<TicketStatus>())
            .Takes("team", "Where it lies.")
            .Takes("assignee", "Who has it.")
            .Takes("category", "What it is about.", Words.All<Category>())
            .Takes("urgency", "How urgent it is.", Words.All<Urgency>())
            .TakesFlag("breached", "Whether a clock was breached.")
            .Takes("tag", "A tag that it carries.")
            .Takes("watching", "An agent who watches it.")
            .Takes("q", "Words in its number, subject and notes.")
            .WithSummary(
                "Tickets, newest first: ?status=&team=&assignee=&category=&urgency=&breached=&tag=&watching=&q="
            )
            .Produces<Page<TicketView>>();

    private static async Task<IResult> Handle(Desk desk, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, Filters, out var page, out var unknown, Sort))
            return unknown;
        var checks = new Checks();
        var tickets = db.Tickets.AsNoTracking().VisibleTo(http.User.Caller());
        tickets = Marked(Narrow(tickets, http, checks), db, http, checks);
        if (checks.Failed(out var malformed))
            return malformed;
        // What somebody may not read does not find anything for them either.
        var notes = http.User.Caller().IsInside() ? db.Notes : db.Notes.Where(note => note.Kind != NoteKind.Comment);
        tickets = tickets.Matching(notes, http.Request.Query["q"]);
        var rows = await page.Of(tickets, t => t.Id).ToListAsync(ct);
        var found = page.Answer(http, rows, ticket => new Cursor(ticket.OpenedAt, ticket.Id));
        return TypedResults.Ok(new Page<TicketView>(await desk.Views(found.Items, ct), found.NextCursor));
    }

    private static IQueryable<Ticket> Narrow(IQueryable<Ticket> tickets, HttpContext http, Checks checks)
    {
        var query = http.Request.Query;
        if (Given<TicketStatus>(http, "status", checks) is { } status)
            tickets = tickets.Where(t => t.Status == status);
        if (Given<Category>(http, "category", checks) is { } category)
            tickets = tickets.Where(t => t.Category == category);
        if (Given<Urgency>(http, "urgency", checks) is { } urgency)
            tickets = tickets.Where(t => t.Urgency == urgency);
        if (query.TryGetValue("team", out var team) && team.ToString() is var inTeam)
            tickets = tickets.Where(t => t.Team == inTeam);
        if (query.TryGetValue("assignee", out var assignee) && assignee.ToString() is var with)
            tickets = tickets.Where(t => t.Assignee == with);
        if (checks.Flag(http, "breached") is { } breached)
            tickets = tickets.Where(t => t.Breached == breached);

        return tickets;
    }

    private static IQueryable<Ticket> Marked(
        IQueryable<Ticket> tickets,
        TicketingDbContext db,
        HttpContext http,
        Checks checks
    )
    {
        var query = http.Request.Query;
        if (query.TryGetValue("tag", out var text) && TagName.Read(text.ToString(), "tag", checks) is var tag)
            tickets = tickets.Where(t =>
                db.Marks.Any(m => m.TicketId == t.Id && m.Kind == MarkKind.Tag && m.Value == tag)
            );
        if (query.TryGetValue("watching", out var agent) && agent.ToString() is var watcher)
            tickets = tickets.Where(t =>
                db.Marks.Any(m => m.TicketId == t.Id && m.Kind == MarkKind.Watcher && m.Value == watcher)
            );
        return tickets;
    }

    private static T? Given<T>(HttpContext http, string name, Checks checks)
        where T : struct, Enum
    {
        if (!http.Request.Query.TryGetValue(name, out var text))
            return null;
        if (Words.TryParse<T>(text, out var value))
            return value;
        checks.Wrong(name, "unknown_value", $"One of these is wanted: {string.Join(", ", Words.All<T>())}.");
        return null;
    }
}
