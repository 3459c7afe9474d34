using System.Collections.Concurrent;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>Published versions, read once: they never change.</summary>
internal sealed class QuestionnaireLibrary
{
    private readonly ConcurrentDictionary<(string, int), Questionnaire> _known = new();

    /// <summary>A version that is, or was, open for answers; null where there is none.</summary>
    public async ValueTask<Questionnaire?> Find(SurveyDbContext db, string id, int version, CancellationToken ct)
    {
        if (_known.TryGetValue((id, version), out var known))
            return known;
        var body = await db
            .Questionnaires.AsNoTracking()
            .Where(row => row.Id == id && row.Version == version && row.State != VersionState.Draft)
            .Select(row => row.Body)
            .SingleOrDefaultAsync(ct);
        return body is null ? null : _known.GetOrAdd((id, version), Read(body));
    }

    /// <summary>The version that new invitations ask.</summary>
    public static Task<int?> Newest(SurveyDbContext db, string id, CancellationToken ct) =>
        db
            .Questionnaires.Where(row => row.Id == id && row.State == VersionState.Published)
            .MaxAsync(row => (int?)row.Version, ct);

    public static Questionnaire Read(string body) => Questionnaire.Of(StoredJson.Read<QuestionnaireSpec>(body));
}
