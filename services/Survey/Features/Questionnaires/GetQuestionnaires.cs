using System.Globalization;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>Questionnaires as they are: all of them, one, its versions, and what changed between two.</summary>
internal static class GetQuestionnaires
{
    internal sealed record Line(
        string Id,
        int Version,
        VersionState State,
        IReadOnlyDictionary<string, string> Title,
        DateTimeOffset ChangedAt,
        DateTimeOffset? PublishedAt
    );

    internal sealed record Diff(int From, int To, bool Comparable, IReadOnlyList<QuestionnaireDiff.Change> Changes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/v1/questionnaires", List)
            .WithName("ListQuestionnaires")
            .InPages()
            .WithSummary("The newest version of every questionnaire.")
            .Produces<Page<Line>>();
        routes
            .MapGet("/v1/questionnaires/{id}", One)
            .WithName("GetQuestionnaire")
            .GivesETag()
            .TakesNumber("version", "Its number; the newest when not said.")
            .WithSummary("The newest version, or the one that ?version= names.")
            .Produces<QuestionnaireView>();
        routes
            .MapGet("/v1/questionnaires/{id}/versions", Versions)
            .WithName("ListQuestionnaireVersions")
            .InPages()
            .WithSummary("All versions, newest first.")
            .Produces<Page<Line>>();
        routes
            .MapGet("/v1/questionnaires/{id}/diff", Between)
            .WithName("DiffQuestionnaireVersions")
            .TakesNumber("from", "The number of the version before.", required: true)
            .TakesNumber("to", "The number of the version after.", required: true)
            .WithSummary("What changed: ?from=1&to=2, and whether the trend stays comparable.")
            .Produces<Diff>();
    }

    private static async Task<IResult> List(SurveyDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, [], out var page, out var problem))
            return problem;
        // A company has dozens of them, not thousands: sorted by id, and a cursor counts how many were seen.
        var rows = await db
            .Questionnaires.FromSql($"SELECT DISTINCT ON (id) * FROM questionnaires ORDER BY id, version DESC")
            .AsNoTracking()
            .ToListAsync(ct);
        var start = (int)(page.After?.Key ?? 0);
        var lines = rows.OrderBy(row => row.Id, StringComparer.Ordinal).Select(Of).ToList();
        var seen = start;
        var at = lines.Skip(start).Take(page.Limit + 1).ToList();
        return TypedResults.Ok(page.Answer(http, at, _ => new Cursor(seen + page.Limit, Guid.Empty)));
    }

    private static async Task<IResult> One(string id, SurveyDbContext db, HttpContext http, CancellationToken ct)
    {
        if (Query.Allow(http, "version") is { } unknown)
            return unknown;
        var rows = db.Questionnaires.AsNoTracking().Where(row => row.Id == id);
        if (http.Request.Query.TryGetValue("version", out var text))
        {
            if (!TryVersion(text, out var version))
                return Problem.Malformed(new FieldError("version", "wrong_type", "A number is wanted here."));
            rows = rows.Where(row => row.Version == version);
        }

        if (await rows.OrderByDescending(row => row.Version).FirstOrDefaultAsync(ct) is not { } row)
            return Problem.NotFound();
        http.SetETag(row.Revision);
        return TypedResults.Ok(QuestionnaireView.Of(row));
    }

    private static async Task<IResult> Versions(string id, SurveyDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, [], out var page, out var problem))
            return problem;
        var rows = db.Questionnaires.AsNoTracking().Where(row => row.Id == id);
        if (page.After is { } after)
            rows = rows.Where(row => row.Version < after.Key);
        var found = await rows.OrderByDescending(row => row.Version).Take(page.Limit + 1).ToListAsync(ct);
        return found.Count == 0 && page.After is null
            ? Problem.NotFound()
            : TypedResults.Ok(page.Answer(http, [.. found.Select(Of)], line => new Cursor(line.Version, Guid.Empty)));
    }

    private static async Task<IResult> Between(string id, SurveyDbContext db, HttpContext http, CancellationToken ct)
    {
        if (Query.Allow(http, "from", "to") is { } unknown)
            return unknown;
        List<FieldError> errors = [];
        foreach (var name in (string[])["from", "to"])
        {
            if (!TryVersion(http.Request.Query[name], out _))
                errors.Add(new(name, "wrong_type", "The number of a version is wanted here."));
        }

        if (errors.Count > 0)
            return Problem.Malformed(errors);
        TryVersion(http.Request.Query["from"], out var from);
        TryVersion(http.Request.Query["to"], out var to);
        var bodies = await db
            .Questionnaires.AsNoTracking()
            .Where(row => row.Id == id && (row.Version == from || row.Version == to))
            .ToDictionaryAsync(row => row.Version, row => row.Body, ct);
        if (!bodies.TryGetValue(from, out var before) || !bodies.TryGetValue(to, out var after))
            return Problem.NotFound();
        var diff = QuestionnaireDiff.Between(QuestionnaireLibrary.Read(before), QuestionnaireLibrary.Read(after));
        return TypedResults.Ok(new Diff(from, to, diff.Comparable, diff.Changes));
    }

    private static bool TryVersion(string? text, out int version) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);

    private static Line Of(QuestionnaireRow row) =>
        new(
            row.Id,
            row.Version,
            row.State,
            StoredJson.Read<QuestionnaireSpec>(row.Body).Title!,
            row.ChangedAt,
            row.PublishedAt
        );
}
