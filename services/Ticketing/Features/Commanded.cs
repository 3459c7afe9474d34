using CustomerFeedback.ApiDocs;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>Says in the OpenAPI document what the command table and the desk make of an endpoint.</summary>
internal static class Commanded
{
    /// <summary>It gives these commands to a ticket: where the table does not know one in every state, it may be refused.</summary>
    public static RouteHandlerBuilder Commands(this RouteHandlerBuilder route, params Command[] commands) =>
        route.Commands(VersionNamed.IfWanted, commands);

    /// <inheritdoc cref="Commands(RouteHandlerBuilder, Command[])"/>
    public static RouteHandlerBuilder Commands(
        this RouteHandlerBuilder route,
        VersionNamed version,
        params Command[] commands
    )
    {
        var everywhere = Enum.GetValues<TicketStatus>();
        if (commands.Any(command => everywhere.Except(CommandTable.Of(command).From).Any()))
            route.Refuses(StatusCodes.Status409Conflict, Refusal.IllegalTransition);
        return route.NamesVersion(version);
    }

    /// <summary>Refusals of the domain, with the status that each is answered with.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params Refusal[] refusals)
    {
        foreach (var refusal in refusals)
            route.Refuses(Desk.StatusOf(refusal), refusal.Code);
        return route;
    }
}
