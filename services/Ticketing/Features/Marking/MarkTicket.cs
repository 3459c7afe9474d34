using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Marking;

/// <summary>Tags and watchers, set and taken away. Members of a set: saying it twice is saying it once, so no version needs to be named.</summary>
internal static class MarkTicket
{
    private const string Tag = "/v1/tickets/{number}/tags/{tag}";
    private const string Watcher = "/v1/tickets/{number}/watchers/{agent}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut(Tag, SetTag)
            .Named(
                "TagTicket",
                "Tag it; a tag that is there already stays.",
                Command.Tag,
                Refusal.TooMany(MarkKind.Tag, 0)
            );
        routes
            .MapDelete(Tag, TakeTag)
            .Named("UntagTicket", "Take a tag away; one that is not there is away.", Command.Tag);
        routes
            .MapPut(Watcher, Watch)
            .Named(
                "WatchTicket",
                "Add a watcher: an agent who keeps an eye on it.",
                Command.Watch,
                Refusal.UnknownAgent(""),
                Refusal.TooMany(MarkKind.Watcher, 0)
            );
        routes.MapDelete(Watcher, Unwatch).Named("UnwatchTicket", "Take a watcher away.", Command.Watch);
    }

    private static Task<IResult> SetTag(
        string number,
        string tag,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) => OfTag(tag, name => Change(number, MarkKind.Tag, name, isSet: true, desk, db, http, ct));

    private static Task<IResult> TakeTag(
        string number,
        string tag,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) => OfTag(tag, name => Change(number, MarkKind.Tag, name, isSet: false, desk, db, http, ct));

    private static async Task<IResult> Watch(
        string number,
        string agent,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) =>
        (await db.People(ct)).Agent(agent) is { Active: true }
            ? await Change(number, MarkKind.Watcher, agent, isSet: true, desk, db, http, ct)
            : Desk.Refused(Refusal.UnknownAgent(agent));

    private static Task<IResult> Unwatch(
        string number,
        string agent,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) => Change(number, MarkKind.Watcher, agent, isSet: false, desk, db, http, ct);

    private static async Task<IResult> OfTag(string text, Func<string, Task<IResult>> command)
    {
        var checks = new Checks();
        var tag = TagName.Read(text, "/tag", checks);
        return checks.Failed(out var malformed) ? malformed : await command(tag);
    }

    private static async Task<IResult> Change(
        string number,
        MarkKind kind,
        string value,
        bool isSet,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) =>
        await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            async (ticket, order, token) =>
            {
                var marks = await db
                    .Marks.Where(mark => mark.TicketId == ticket.Id && mark.Kind == kind)
                    .ToListAsync(token);
                return Apply(ticket, kind, value, isSet, marks, order, db);
            },
            ct
        );

    /// <summary>Sets a mark or takes it away; what changes is in what <paramref name="db"/> saves next.</summary>
    /// <param name="marks">The marks of that kind that the ticket carries.</param>
    public static Decision Apply(
        Ticket ticket,
        MarkKind kind,
        string value,
        bool isSet,
        IReadOnlyCollection<Mark> marks,
        Order order,
        TicketingDbContext db
    )
    {
        var decision = isSet
            ? ticket.SetMark(kind, value, marks, order.At)
            : ticket.TakeMark(kind, value, marks, order.At);
        if (decision is not { Refusal: null, Happenings.Count: > 0 })
            return decision;
        if (isSet)
            db.Marks.Add(Mark.On(ticket, kind, value, order.By, order.At));
        else
            db.Marks.Remove(marks.Single(mark => mark.Value == value));
        return decision;
    }

    private static void Named(
        this RouteHandlerBuilder route,
        string name,
        string summary,
        Command command,
        params Refusal[] refusals
    ) => route.WithName(name).WithSummary(summary).Produces<TicketView>().Commands(command).Refuses(refusals);
}
