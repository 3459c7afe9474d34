using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Storing;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Features.Loops;

/// <summary>The loop as one object, told from the stored events of a number.</summary>
internal static class GetLoop
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/loops/{number}", Handle)
            .WithName(nameof(GetLoop))
            .WithSummary("The whole story of a request: received, handled, confirmed, surveyed, and what came of it.")
            .Produces<LoopView>();

    private static async Task<IResult> Handle(
        string number,
        AnalyticsDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        await db.Database.OpenConnectionAsync(ct);
        Told[] events = [.. (await db.Told([number], Loop.Types, ct))[number]];
        var facts = ThreadFacts.Of(number, events);
        if (facts.Ticket is null || !IsVisible(facts, http.User.Caller()))
            return Problem.NotFound();

        Guid[] answered = [.. facts.Responses.Select(response => response.ResponseId)];
        var recovery = await db
            .Tickets.AsNoTracking()
            .Where(ticket => answered.Contains(ticket.RecoveryResponseId!.Value))
            .OrderBy(ticket => ticket.Number)
            .FirstOrDefaultAsync(ct);
        var recoveryOf =
            facts.Ticket.RecoveryOf
            ?? (
                facts.Ticket.RecoveryResponseId is { } response
                    ? await db
                        .Responses.Where(fact => fact.ResponseId == response)
                        .Select(fact => fact.Number)
                        .FirstOrDefaultAsync(ct)
                    : null
            );
        return TypedResults.Ok(Loop.Of(number, facts, events, recovery, recoveryOf));
    }

    /// <summary>An integration sees what it brought itself.</summary>
    private static bool IsVisible(ThreadFacts facts, Caller caller) =>
        caller.Is(Roles.Analyst) || caller.Is(Roles.Manager) || facts.Ticket!.RecordedBy == caller.Subject;
}
