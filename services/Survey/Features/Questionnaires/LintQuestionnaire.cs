using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>Says what is wrong with the newest version, without changing anything.</summary>
internal static class LintQuestionnaire
{
    internal sealed record Report(bool Valid, int EstimatedSeconds, IReadOnlyList<Finding> Findings);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/questionnaires/{id}/lint", Handle)
            .WithName(nameof(LintQuestionnaire))
            .WithSummary("What an author should know of the newest version before publishing it.")
            .Produces<Report>();

    private static async Task<IResult> Handle(string id, SurveyDbContext db, CancellationToken ct)
    {
        var body = await db
            .Questionnaires.AsNoTracking()
            .Where(row => row.Id == id)
            .OrderByDescending(row => row.Version)
            .Select(row => row.Body)
            .FirstOrDefaultAsync(ct);
        if (body is null)
            return Problem.NotFound();
        var questionnaire = QuestionnaireLibrary.Read(body);
        var findings = Findings.Of(questionnaire);
        return TypedResults.Ok(
            new Report(
                findings.All(finding => finding.Severity != Finding.Error),
                (int)ReadingTime.Estimate(questionnaire).TotalSeconds,
                findings
            )
        );
    }
}
