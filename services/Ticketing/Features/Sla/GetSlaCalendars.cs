using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The calendars that hold now, and one of them.</summary>
internal static class GetSlaCalendars
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/v1/sla/calendars", List)
            .WithName("ListSlaCalendars")
            .InPages()
            .WithSummary("The current version of every working calendar.")
            .Produces<Page<CalendarDocument>>();
        routes
            .MapGet("/v1/sla/calendars/{id}", One)
            .WithName("GetSlaCalendar")
            .GivesETag()
            .WithSummary("The current version of a working calendar.")
            .Produces<CalendarDocument>();
    }

    private static async Task<IResult> List(TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, [], out var page, out var problem))
            return problem;
        var rows = await db.CurrentCalendars().AsNoTracking().ToListAsync(ct);
        return TypedResults.Ok(
            SlaVersions.Page(http, page, rows.Select(CalendarDocument.Of), calendar => calendar.Id!)
        );
    }

    private static async Task<IResult> One(string id, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        var row = await db
            .Calendars.AsNoTracking()
            .Where(calendar => calendar.CalendarId == id)
            .OrderByDescending(calendar => calendar.Version)
            .FirstOrDefaultAsync(ct);
        if (row is null)
            return Problem.NotFound();
        http.SetETag(row.Version);
        return TypedResults.Ok(CalendarDocument.Of(row));
    }
}
