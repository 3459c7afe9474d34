using System.Runtime.InteropServices;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using NodaTime;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>Differences to the rollups, gathered in memory: what facts add, less what they added before.</summary>
internal sealed class RollupCells(DateTimeZone companyZone)
{
    private static readonly (string View, Func<Sliced, string?> KeyOf)[] Views =
    [
        ("", _ => ""),
        ("agent", fact => fact.Agent),
        ("category", fact => fact.Category),
        ("channel", fact => fact.Channel),
        ("product", fact => fact.Product),
        ("region", fact => fact.Region),
        ("segment", fact => fact.Segment),
        ("store", fact => fact.Store),
        ("team", fact => fact.Team),
        ("type", fact => fact.Type),
        ("urgency", fact => fact.Urgency),
    ];

    private const string ByQuestionnaire = "questionnaire";

    private readonly record struct Cell(string View, string Measure, DateOnly Day, string Key, int Bin);

    private struct Sums
    {
        public long N;
        public decimal Sum;
        public decimal SumSq;

        public void Add(long n, decimal sum, decimal sumSq) => (N, Sum, SumSq) = (N + n, Sum + sum, SumSq + sumSq);
    }

    private readonly Dictionary<Cell, Sums> _days = [];

    public int Count => _days.Count;

    /// <summary>Adds what the facts count for, or with -1 takes it away.</summary>
    public void Add(ThreadFacts facts, int sign)
    {
        if (facts.Ticket is { ReceivedAt: { } received } ticket)
            foreach (var observation in Observation.Of(ticket))
                Add(observation, received, ticket, null, sign);
        foreach (var clock in facts.Clocks)
            if ((clock.DueAt ?? clock.StartedAt) is { } at)
                Add(Observation.Of(clock), at, clock, null, sign);
        foreach (var invitation in facts.Invitations)
            if (invitation.InvitedAt is { } at)
                Add(Observation.Of(invitation), at, invitation, invitation.Questionnaire ?? "", sign);
        foreach (var response in facts.Responses)
        {
            var scores = facts.Scores.Where(score => score.ResponseId == response.ResponseId);
            foreach (var observation in Observation.Of(response, scores))
                Add(observation, response.SubmittedAt, response, response.Questionnaire, sign);
        }
    }

    /// <summary>Days, months and all of time, in the order of the table's key; what comes to nothing is left out.</summary>
    public List<RollupRow> Rows()
    {
        var rows = new Dictionary<(string Grain, Cell Cell), Sums>(_days.Count * 2);
        foreach (var (cell, sums) in _days)
        {
            Merge("day", cell, sums);
            Merge("month", cell with { Day = new(cell.Day.Year, cell.Day.Month, 1) }, sums);
            Merge("all", cell with { Day = default }, sums);
        }

        void Merge(string grain, Cell cell, Sums sums) =>
            CollectionsMarshal.GetValueRefOrAddDefault(rows, (grain, cell), out _).Add(sums.N, sums.Sum, sums.SumSq);

        return
        [
            .. rows.Where(row => row.Value is not { N: 0, Sum: 0, SumSq: 0 })
                .Select(row => new RollupRow
                {
                    View = row.Key.Cell.View,
                    Grain = row.Key.Grain,
                    Measure = row.Key.Cell.Measure,
                    Bucket = row.Key.Cell.Day,
                    Key = row.Key.Cell.Key,
                    Bin = row.Key.Cell.Bin,
                    N = row.Value.N,
                    Sum = row.Value.Sum,
                    SumSq = row.Value.SumSq,
                })
                .OrderBy(row => row.View, StringComparer.Ordinal)
                .ThenBy(row => row.Grain, StringComparer.Ordinal)
                .ThenBy(row => row.Measure, StringComparer.Ordinal)
                .ThenBy(row => row.Bucket)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .ThenBy(row => row.Bin),
        ];
    }

    public void Clear() => _days.Clear();

    private void Add(Observation observation, DateTimeOffset at, Sliced fact, string? questionnaire, int sign)
    {
        var day = Instant.FromDateTimeOffset(at).InZone(companyZone).Date.ToDateOnly();
        foreach (var (view, keyOf) in Views)
            Add(view, keyOf(fact) ?? "");
        if (questionnaire is not null)
            Add(ByQuestionnaire, questionnaire);

        void Add(string view, string key) =>
            CollectionsMarshal
                .GetValueRefOrAddDefault(_days, new(view, observation.Measure, day, key, observation.Bin), out _)
                .Add(sign, sign * observation.Value, sign * observation.Value * observation.Value);
    }
}
