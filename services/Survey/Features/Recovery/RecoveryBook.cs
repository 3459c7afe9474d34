using System.Collections.Concurrent;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Recovery;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Recovery;

/// <summary>The recovery rules by version, read once: a version never changes.</summary>
internal sealed class RecoveryBook
{
    private static readonly RecoveryRules NoRules = new([], [], "service");

    private readonly ConcurrentDictionary<int, RecoveryRules> _known = new();

    public async ValueTask<RecoveryRules> Find(SurveyDbContext db, int version, CancellationToken ct)
    {
        if (_known.TryGetValue(version, out var known))
            return known;
        var stored = await db
            .RecoveryRules.AsNoTracking()
            .Where(row => row.Version == version)
            .Select(row => row.Rules)
            .SingleOrDefaultAsync(ct);
        return stored is null ? NoRules : _known.GetOrAdd(version, StoredJson.Read<RecoveryRules>(stored));
    }
}
