using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Ticketing.Features.Viewing;

/// <summary>Saved views: everybody's own, and those that others share. Only who made one changes it; to others what is not shared does not exist.</summary>
internal static class KeepViews
{
    private const string TooManyViews = "too_many_views";
    private const string One = "/v1/views/{id:guid}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/v1/views", Create)
            .WithName("SaveView")
            .Refuses(StatusCodes.Status422UnprocessableEntity, TooManyViews)
            .GivesETag()
            .WithSummary("Save a view: a name for filters of the ticket list; 'shared' shows it to everybody.")
            .Produces<ViewForm.Shown>(StatusCodes.Status201Created)
            .WithIdempotency<TicketingDbContext>();
        routes
            .MapGet("/v1/views", List)
            .WithName("ListViews")
            .InPages()
            .WithSummary("The caller's own views and those that others share, newest first.")
            .Produces<Page<ViewForm.Shown>>();
        routes.MapGet(One, Get).WithName("GetView").GivesETag().WithSummary("One view.").Produces<ViewForm.Shown>();
        routes
            .MapPut(One, Replace)
            .WithName("ReplaceView")
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Replace an own view (If-Match), or save one under a new id.")
            .Produces<ViewForm.Shown>()
            .Produces<ViewForm.Shown>(StatusCodes.Status201Created);
        routes
            .MapDelete(One, Delete)
            .WithName("DeleteView")
            .Produces(StatusCodes.Status204NoContent)
            .NamesVersion(VersionNamed.Always)
            .WithSummary("Delete an own view (If-Match).");
    }

    private static async Task<IResult> Create(
        ViewForm input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var (name, filters) = input.Read(checks);
        if (checks.Failed(out var malformed))
            return malformed;
        return await Add(Guid.CreateVersion7(desk.Now), name, filters, input.Shared, db, http, ct);
    }

    private static async Task<IResult> Add(
        Guid id,
        string name,
        string filters,
        bool shared,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var owner = http.User.Caller().Subject;
        // Two at the same instant may make it one more: the bound keeps lists short, nothing hangs on its exact number.
        if (await db.Views.CountAsync(view => view.Owner == owner, ct) >= SavedView.Most)
            return Problem.Refused(
                StatusCodes.Status422UnprocessableEntity,
                TooManyViews,
                $"Everybody keeps at most {SavedView.Most} views."
            );
        var view = new SavedView
        {
            Id = id,
            Owner = owner,
            Name = name,
            Shared = shared,
            Filters = filters,
            Version = 1,
        };
        db.Views.Add(view);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e)
            when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody was quicker with this id: whoever it is, this is not a new view any more.
            return Problem.Stale();
        }
        http.SetETag(view.Version);
        return TypedResults.Created($"/v1/views/{view.Id}", ViewForm.Of(view, owner));
    }

    private static async Task<IResult> List(TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, [], out var page, out var unknown))
            return unknown;
        var caller = http.User.Caller().Subject;
        var views = db.Views.AsNoTracking().Where(view => view.Owner == caller || view.Shared);
        var rows = await page.Of(views, view => view.Id).ToListAsync(ct);
        var shown = page.Answer(http, rows, view => new Cursor(0, view.Id));
        return TypedResults.Ok(
            new Page<ViewForm.Shown>([.. shown.Items.Select(view => ViewForm.Of(view, caller))], shown.NextCursor)
        );
    }

    private static async Task<IResult> Get(Guid id, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        var caller = http.User.Caller().Subject;
        var view = await db
            .Views.AsNoTracking()
            .SingleOrDefaultAsync(view => view.Id == id && (view.Owner == caller || view.Shared), ct);
        if (view is null)
            return Problem.NotFound();
        http.SetETag(view.Version);
        return TypedResults.Ok(ViewForm.Of(view, caller));
    }

    private static async Task<IResult> Replace(
        Guid id,
        ViewForm input,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var (name, filters) = input.Read(checks);
        if (checks.Failed(out var malformed))
            return malformed;
        if (!await db.Views.AnyAsync(view => view.Id == id, ct))
            return http.Request.Headers.IfMatch.Count > 0
                ? Problem.Stale()
                : await Add(id, name, filters, input.Shared, db, http, ct);
        var (view, refused) = await Own(id, db, http, ct);
        if (view is null)
            return refused!;
        (view.Name, view.Filters, view.Shared) = (name, filters, input.Shared);
        view.Version++;
        await db.SaveChangesAsync(ct);
        http.SetETag(view.Version);
        return TypedResults.Ok(ViewForm.Of(view, view.Owner));
    }

    private static async Task<IResult> Delete(Guid id, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        var (view, refused) = await Own(id, db, http, ct);
        if (view is null)
            return refused!;
        db.Views.Remove(view);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    // The version is a concurrency token: of two who name the same one, the second finds it stale or, at the same instant, a conflict.
    private static async Task<(SavedView? View, IResult? Refused)> Own(
        Guid id,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var caller = http.User.Caller().Subject;
        var view = await db.Views.SingleOrDefaultAsync(view => view.Id == id && view.Owner == caller, ct);
        if (view is null)
            return (null, Problem.NotFound());
        if (!IfMatch.TryRead(http, out var version, out var problem))
            return (null, problem);
        return version is null || version == view.Version ? (view, null) : (null, Problem.Stale());
    }
}
