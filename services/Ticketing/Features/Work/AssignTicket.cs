using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Gives a ticket to a person (assign, claim, transfer), to a team (transfer, hand-back), or lets the rules choose.</summary>
internal static class AssignTicket
{
    private const string UnknownTeam = "unknown_team";
    private const string NotInTeam = "assignee_not_in_team";

    /// <summary>To whom; nobody named means automatically.</summary>
    /// <param name="Accountable">The accountable owner is handed over too; otherwise who took it first stays accountable.</param>
    internal sealed record Input(
        string? Assignee = null,
        string? Team = null,
        bool Accountable = false,
        string? Note = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/assignments", Handle)
            .WithName(nameof(AssignTicket))
            .Produces<TicketView>()
            .Commands(Command.Assign, Command.Claim, Command.Transfer)
            .Refuses(422, UnknownTeam, NotInTeam)
            .Refuses(Refusal.UnknownAssignee(""))
            .ForExample("""{ "assignee": "li.wei" }""")
            .WithSummary("Assign, claim or transfer; an empty body assigns automatically.")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var why = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        var staff = await db.People(ct);
        if (Unknown(staff, input) is { } refusal)
            return Desk.Refused(refusal);
        var by = http.User.Caller().Subject;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            async (ticket, order, token) =>
                ticket.Assign(
                    input.Assignee is { } assignee
                        ? ToPerson(ticket, staff.Agent(assignee)!, input, by) with
                        {
                            Why = why,
                        }
                        : await Automatically(db, staff, ticket, input.Team, order, token) with
                        {
                            Why = why,
                        },
                    order.At
                ),
            ct
        );
    }

    private static Refusal? Unknown(Staff staff, Input input)
    {
        if (input.Team is { } team && staff.Team(team) is not { Active: true })
            return new(UnknownTeam, $"There is no team {team}.");
        if (input.Assignee is not { } assignee)
            return null;
        if (staff.Agent(assignee) is not { Active: true } agent)
            return Refusal.UnknownAssignee(assignee);
        return input.Team is { } named && agent.Teams.Count > 0 && !agent.Teams.Contains(named)
            ? new(NotInTeam, $"{assignee} does not belong to {named}.")
            : null;
    }

    // It stays with its team where the person belongs to it or to none; otherwise it moves to the person's team.
    internal static Handover ToPerson(Ticket ticket, Agent agent, Input input, string by)
    {
        var team =
            input.Team ?? (agent.Teams.Count == 0 || agent.Teams.Contains(ticket.Team) ? ticket.Team : agent.Teams[0]);
        var who = agent.Id == by ? $"{by} takes it" : $"{by} gives it to {agent.Id}";
        return new(team, agent.Id, by, who, Accountable: input.Accountable);
    }

    // By the rules with the facts of now, or to a team that was named: to those of it whom a rule sends work to, or whose work it is.
    private static async Task<Handover> Automatically(
        TicketingDbContext db,
        Staff staff,
        Ticket ticket,
        string? named,
        Order order,
        CancellationToken ct
    )
    {
        var rules = await db.CurrentRoutingRules(ct);
        var route = rules.Route(ticket.RoutingFacts(await db.RoutedAttributes(ticket, ct)));
        if (named is not null && named != route.Team)
            route = route with { Team = named, To = staff.WorkersOf(named), Skills = [] };
        var load = await db.Workload(staff, ct);
        var choice = Assignment.Choose(staff, load, Wanted.For(ticket, route), order.At);
        await db.NoteGiven(load, ct);
        // Nobody is free: whoever has it and may have it keeps it, unless it goes to another team.
        var keeps = route.Team == ticket.Team && staff.Suits(ticket.Assignee, route);
        return new(
            route.Team,
            choice.Agent ?? (keeps ? ticket.Assignee : null),
            order.By,
            choice.Explanation,
            Automatic: named is null || named == ticket.Team,
            Route: route
        );
    }
}
