using System.Collections.Concurrent;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>
/// Policies and calendars in memory. Versions never change, so they are kept once read; which of them hold now is looked up
/// again when their number has grown: the timer asks each second, and a command that matches anew asks itself.
/// </summary>
internal sealed class SlaCatalog
{
    private readonly ConcurrentDictionary<(string, int), SlaPolicyVersion> _policies = new();
    private readonly ConcurrentDictionary<(string, int), CalendarVersion> _calendars = new();
    private readonly ConcurrentDictionary<SlaPin, SlaTerms> _terms = new();
    private volatile Edition? _edition;

    /// <summary>The terms of the policy that covers such a ticket now; null where none does.</summary>
    /// <param name="db">Asked whether something was published since.</param>
    public async Task<SlaTerms?> Match(SlaFacts facts, DbContext db, CancellationToken ct)
    {
        var edition = await Refresh(db, ct);
        return SlaTerms.Match(edition.Current, facts);
    }

    /// <summary>The same from memory, at most a second old: for what happens on every ticket.</summary>
    public async ValueTask<SlaTerms?> MatchFromMemory(SlaFacts facts, DbContext db, CancellationToken ct)
    {
        var edition = _edition ?? await Refresh(db, ct);
        return SlaTerms.Match(edition.Current, facts);
    }

    /// <summary>Exactly these versions, as pinned by a clock or promised at intake.</summary>
    public async ValueTask<SlaTerms> Pinned(SlaPin pin, DbContext db, CancellationToken ct)
    {
        // What the policy names for single clocks is looked up among what holds now.
        if (_edition is null)
            await Refresh(db, ct);
        if (!_terms.TryGetValue(pin, out var terms))
        {
            await Learn([pin], db, ct);
            terms = Pinned(pin);
        }
        return terms;
    }

    /// <summary>After <see cref="Learn"/>.</summary>
    public SlaTerms Pinned(SlaPin pin) =>
        _terms.GetOrAdd(
            pin,
            static (missing, self) =>
                new SlaTerms(
                    self._policies[(missing.PolicyId, missing.PolicyVersion)],
                    self._calendars[(missing.CalendarId, missing.CalendarVersion)]
                )
                {
                    Beside = id => self._edition?.Calendars.GetValueOrDefault(id),
                },
            this
        );

    /// <summary>Stored clocks, each with the versions that its history names.</summary>
    public async ValueTask<IReadOnlyList<SlaClock>> Restore(
        IReadOnlyCollection<SlaClockRow> rows,
        DbContext db,
        CancellationToken ct
    )
    {
        var histories = rows.Select(row => (row, entries: SlaDocuments.ReadEntries(row.Entries))).ToList();
        await Learn(
            histories.SelectMany(history => history.entries.Select(entry => entry.Pin).OfType<SlaPin>()),
            db,
            ct
        );
        return [.. histories.Select(history => history.row.Clocked(history.entries, Pinned))];
    }

    /// <summary>Reads the versions that are not in memory yet.</summary>
    public async ValueTask Learn(IEnumerable<SlaPin> pins, DbContext db, CancellationToken ct)
    {
        foreach (var pin in pins.Where(pin => !_terms.ContainsKey(pin)))
        {
            if (!_policies.ContainsKey((pin.PolicyId, pin.PolicyVersion)))
                Keep(
                    await db.Set<SlaPolicyRow>()
                        .AsNoTracking()
                        .SingleAsync(r => r.PolicyId == pin.PolicyId && r.Version == pin.PolicyVersion, ct)
                );
            if (!_calendars.ContainsKey((pin.CalendarId, pin.CalendarVersion)))
                Keep(
                    await db.Set<SlaCalendarRow>()
                        .AsNoTracking()
                        .SingleAsync(r => r.CalendarId == pin.CalendarId && r.Version == pin.CalendarVersion, ct)
                );
        }
    }

    /// <summary>Looks whether anything was published, and if so which versions hold now.</summary>
    public async Task<Edition> Refresh(DbContext db, CancellationToken ct)
    {
        // Rows are only ever added: their number says everything.
        var published = await db
            .Database.SqlQuery<long>(
                $"SELECT (SELECT count(*) FROM sla_policies) + (SELECT count(*) FROM sla_calendars) AS \"Value\""
            )
            .SingleAsync(ct);
        return await Refresh(published, db, ct);
    }

    /// <param name="published">How many policies and calendars there are by now.</param>
    public async ValueTask<Edition> Refresh(long published, DbContext db, CancellationToken ct) =>
        _edition is { } known && known.Published == published ? known : await Read(published, db, ct);

    private async Task<Edition> Read(long published, DbContext db, CancellationToken ct)
    {
        var policies = await db.CurrentPolicies().AsNoTracking().ToListAsync(ct);
        var calendars = await db.CurrentCalendars().AsNoTracking().ToDictionaryAsync(row => row.CalendarId, ct);
        foreach (var calendar in calendars.Values)
            Keep(calendar);

        var current = policies.Select(row =>
        {
            var policy = Keep(row);
            var calendar = calendars[policy.Policy.CalendarId];
            return Pinned(new(row.PolicyId, row.Version, calendar.CalendarId, calendar.Version));
        });
        var edition = new Edition(
            published,
            [.. current],
            calendars.Values.ToDictionary(row => row.CalendarId, row => _calendars[(row.CalendarId, row.Version)])
        );
        _edition = edition;
        return edition;
    }

    private SlaPolicyVersion Keep(SlaPolicyRow row) =>
        _policies.GetOrAdd((row.PolicyId, row.Version), static (_, row) => SlaDocuments.Read(row), row);

    private void Keep(SlaCalendarRow row) =>
        _calendars.GetOrAdd((row.CalendarId, row.Version), static (_, row) => SlaDocuments.Read(row), row);

    /// <summary>Which terms hold since so many versions were published.</summary>
    internal sealed record Edition(
        long Published,
        IReadOnlyList<SlaTerms> Current,
        IReadOnlyDictionary<string, CalendarVersion> Calendars
    );
}
