using System.Security.Claims;
using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Classifying;

/// <summary>Puts a new version of the classification rules in force; requests that are here keep what was decided for them.</summary>
internal static class PutClassificationRules
{
    /// <summary>The rules in order. What GET shows beside them may be sent back and counts for nothing.</summary>
    public sealed record Input(
        IReadOnlyList<ClassificationRule?>? Rules,
        int? Version = null,
        string? PutBy = null,
        DateTimeOffset? PutAt = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/classification-rules", Handle)
            .WithName(nameof(PutClassificationRules))
            .NamesVersion(VersionNamed.Always)
            .WithSummary("Put a new version of the classification rules in force")
            .WithTags("classification-rules");

    internal static async Task<Results<Ok<GetClassificationRules.Shown>, ProblemHttpResult>> Handle(
        Input input,
        HttpContext http,
        ClaimsPrincipal user,
        IntakeDbContext db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (!IfMatch.TryRead(http, out var expected, out var problem))
            return problem;
        if (input.Rules is null)
            return Problem.Malformed(new FieldError("/rules", "required", "A list of rules is required."));
        var faults = ClassificationRuleCheck.Check(input.Rules);
        if (faults.Count > 0)
            return Problem.Malformed(faults.Select(f => new FieldError(f.Pointer, f.Code, f.Message)));

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Raising the revision first makes writers take turns: the version read next is still the newest at the commit.
        await db.Database.ExecuteSqlRawAsync(RuleBook.RaiseRevision, ct);
        var current = await db.ClassificationRules.MaxAsync(r => r.Version, ct);
        if (expected is { } version && version != current)
            return Problem.Stale();

        var row = new ClassificationRulesRow
        {
            Version = current + 1,
            Rules = JsonSerializer.Serialize(input.Rules, StoredJson.Options),
            PutBy = user.Caller().Subject,
            PutAt = Instants.Truncate(clock.GetUtcNow()),
        };
        db.ClassificationRules.Add(row);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);

        http.SetETag(row.Version);
        return TypedResults.Ok(GetClassificationRules.Shown.Of(row));
    }
}
