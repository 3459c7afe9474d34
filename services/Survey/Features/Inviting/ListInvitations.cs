using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>Who was asked about a ticket, how far that came, and why somebody was not.</summary>
internal static class ListInvitations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/invitations", Handle)
            .WithName(nameof(ListInvitations))
            .InPages()
            .Takes("ticket", "The ticket's number.", required: true)
            .WithSummary("The invitations of a ticket, newest first: ?ticket=")
            .Produces<Page<InvitationView>>();

    private static async Task<IResult> Handle(
        SurveyDbContext db,
        LinkTokens links,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, ["ticket"], out var page, out var problem))
            return problem;
        var number = http.Request.Query["ticket"].ToString();
        if (number.Length == 0)
            return Problem.Malformed(new FieldError("ticket", "required", "Say whose: ?ticket=R26-0000123"));
        var caller = http.User.Caller();
        var invitations = db.Invitations.AsNoTracking().VisibleTo(caller).Where(i => i.Number == number);
        var rows = await page.Of(invitations, i => i.Id).ToListAsync(ct);
        var now = time.GetUtcNow();
        return TypedResults.Ok(
            page.Answer(
                http,
                [.. rows.Select(row => InvitationView.Of(row, caller, links, now))],
                view => new Cursor(0, view.Id)
            )
        );
    }
}
