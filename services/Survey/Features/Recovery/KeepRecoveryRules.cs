using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Recovery;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Recovery;

/// <summary>The rules that turn a bad answer into work. Each PUT is a new version; a response keeps the version that judged it.</summary>
internal static class KeepRecoveryRules
{
    /// <summary>The whole table. What GET shows beside it may come back and counts for nothing.</summary>
    internal sealed record Input(
        IReadOnlyList<RecoveryRule?>? Rules,
        IReadOnlyList<RecoveryTopic?>? Topics,
        string? Otherwise,
        int? Version = null
    );

    internal sealed record View(
        int Version,
        IReadOnlyList<RecoveryRule> Rules,
        IReadOnlyList<RecoveryTopic> Topics,
        string Otherwise
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/v1/recovery-rules", Get)
            .WithName("GetRecoveryRules")
            .GivesETag()
            .WithSummary("The recovery rules in force, in order.")
            .Produces<View>();
        routes
            .MapPut("/v1/recovery-rules", Put)
            .WithName("PutRecoveryRules")
            .NamesVersion(VersionNamed.Always)
            .WithSummary("Replace the recovery rules by a new version (If-Match).")
            .Produces<View>();
    }

    private static async Task<IResult> Get(SurveyDbContext db, HttpContext http, CancellationToken ct)
    {
        var row = await db.RecoveryRules.AsNoTracking().OrderByDescending(r => r.Version).FirstAsync(ct);
        http.SetETag(row.Version);
        return TypedResults.Ok(Of(row.Version, StoredJson.Read<RecoveryRules>(row.Rules)));
    }

    private static async Task<IResult> Put(
        Input input,
        SurveyDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!IfMatch.TryRead(http, out var version, out var missing))
            return missing;
        var faults = RecoveryRulesCheck.Of(input.Rules, input.Topics, input.Otherwise);
        if (faults.Count > 0)
            return Problem.Malformed(faults.Select(f => new FieldError(f.Pointer, f.Code, f.Message)));
        var rules = new RecoveryRules(
            [.. input.Rules!.Select(r => r!)],
            [.. input.Topics!.Select(t => t!)],
            input.Otherwise!
        );
        return await db.InTransaction<IResult>(
            async token =>
            {
                // One writer at a time: versions have no gaps and nobody overwrites what he has not seen.
                await db.Database.ExecuteSqlAsync($"LOCK TABLE recovery_rules IN SHARE ROW EXCLUSIVE MODE", token);
                var current = await db.RecoveryRules.MaxAsync(row => row.Version, token);
                if (version is not null && version != current)
                    return Problem.Stale();
                db.RecoveryRules.Add(
                    new()
                    {
                        Version = current + 1,
                        Rules = StoredJson.Write(rules),
                        PutBy = http.User.Caller().Subject,
                        PutAt = Instants.Truncate(time.GetUtcNow()),
                    }
                );
                http.SetETag(current + 1);
                return TypedResults.Ok(Of(current + 1, rules));
            },
            ct
        );
    }

    private static View Of(int version, RecoveryRules rules) =>
        new(version, rules.Rules, rules.Topics, rules.Otherwise);
}
