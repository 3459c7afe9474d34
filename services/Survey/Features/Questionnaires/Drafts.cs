using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>What all changes of questionnaires share.</summary>
internal static class Drafts
{
    /// <summary>One author at a time per questionnaire, whatever versions there are.</summary>
    public static async Task<QuestionnaireRow?> NewestAlone(SurveyDbContext db, string id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({id}, 3))", ct);
        return await db
            .Questionnaires.Where(row => row.Id == id)
            .OrderByDescending(row => row.Version)
            .FirstOrDefaultAsync(ct);
    }

    public static QuestionnaireRow Add(
        SurveyDbContext db,
        QuestionnaireSpec spec,
        QuestionnaireRow? before,
        string by,
        DateTimeOffset now
    )
    {
        var row = new QuestionnaireRow
        {
            Id = spec.Id!,
            Version = (before?.Version ?? 0) + 1,
            State = VersionState.Draft,
            Revision = (before?.Revision ?? 0) + 1,
            Body = StoredJson.Write(spec),
            ChangedBy = by,
            ChangedAt = now,
        };
        db.Questionnaires.Add(row);
        return row;
    }
}
