using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Classifying;

/// <summary>Shows the classification rules in force.</summary>
internal static class GetClassificationRules
{
    /// <summary>One version of the rules, in order.</summary>
    public sealed record Shown(int Version, string PutBy, DateTimeOffset PutAt, IReadOnlyList<ClassificationRule> Rules)
    {
        public static Shown Of(ClassificationRulesRow row) =>
            new(
                row.Version,
                row.PutBy,
                row.PutAt,
                JsonSerializer.Deserialize<IReadOnlyList<ClassificationRule>>(row.Rules, StoredJson.Options)!
            );
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/classification-rules", Handle)
            .WithName(nameof(GetClassificationRules))
            .GivesETag()
            .WithSummary("Show the classification rules in force")
            .WithTags("classification-rules");

    internal static async Task<Results<Ok<Shown>, ProblemHttpResult>> Handle(
        HttpContext http,
        IntakeDbContext db,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;

        var row = await db.ClassificationRules.AsNoTracking().OrderByDescending(r => r.Version).FirstAsync(ct);
        http.SetETag(row.Version);
        return TypedResults.Ok(Shown.Of(row));
    }
}
