using System.Text.Json.Nodes;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Staffing;

/// <summary>What teams, agents and rosters have in common: a document by id, replaced as a whole, with an ETag.</summary>
internal static class StaffSlices
{
    /// <summary>The documents of a kind, by id.</summary>
    public static async Task<IResult> List(string kind, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, [], out var page, out var unknown))
            return unknown;
        var after = page.After?.Key ?? 0;
        var rows = await db
            .Staff.AsNoTracking()
            .Where(row => row.Kind == kind && row.Seq > after)
            .OrderBy(row => row.Seq)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var found = page.Answer(http, rows, row => new Cursor(row.Seq, Guid.Empty));
        return TypedResults.Ok(new Page<JsonObject>([.. found.Items.Select(View)], found.NextCursor));
    }

    public static async Task<IResult> Get(
        string kind,
        string id,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var row = await db.Staff.AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.Id == id, ct);
        if (row is null)
            return Problem.NotFound();
        http.SetETag(row.Version);
        return TypedResults.Ok(View(row));
    }

    /// <summary>Stores a checked document. What is unknown is created; what exists is replaced by whoever has seen its current version.</summary>
    public static async Task<IResult> Put<T>(
        string kind,
        string id,
        T document,
        TicketingDbContext db,
        Alarms alarms,
        HttpContext http,
        CancellationToken ct
    ) =>
        await db.InTransaction<IResult>(
            async token =>
            {
                var body = StaffDocuments.Write(document);
                // Two who create the same id at once: the second waits here and then finds it.
                var created = await db.Database.ExecuteSqlAsync(
                    $"INSERT INTO staff (kind, id, version, body) VALUES ({kind}, {id}, 1, {body}::jsonb) ON CONFLICT DO NOTHING",
                    token
                );
                db.AfterCommit(alarms.Waiting.Ring);
                var row = await db
                    .Staff.FromSql($"SELECT * FROM staff WHERE kind = {kind} AND id = {id} FOR UPDATE")
                    .SingleAsync(token);
                if (created == 0)
                {
                    if (!IfMatch.TryRead(http, out var version, out var problem))
                        return problem;
                    if (version is not null && version != row.Version)
                        return Problem.Stale();
                    row.Version++;
                    row.Body = body;
                }

                http.SetETag(row.Version);
                return created == 1 ? TypedResults.Created(http.Request.Path, View(row)) : TypedResults.Ok(View(row));
            },
            ct
        );

    private static JsonObject View(StaffRow row)
    {
        var view = JsonNode.Parse(row.Body)!.AsObject();
        // What is null is not stored, and is told.
        if (row.Kind == StaffDocuments.Agent)
            view.TryAdd("quietHours", null);
        // Rosters were stored with their hours a second time once.
        view.Remove("hours");
        view["version"] = row.Version;
        return view;
    }

    /// <summary>An id that a path and a token can hold.</summary>
    public static void Id(this Checks checks, string id, string? inBody)
    {
        checks.That(
            id.Length <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'),
            "/id",
            "invalid_id",
            "Letters, digits, '.', '-' and '_', at most 64."
        );
        checks.That(inBody is null || inBody == id, "/id", "other_id", "The id in the path and in the body differ.");
    }
}
