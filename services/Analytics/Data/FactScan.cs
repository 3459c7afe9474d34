using CustomerFeedback.Analytics.Domain.Asking;
using CustomerFeedback.Analytics.Domain.Measures;
using CustomerFeedback.Analytics.Domain.Statistics;
using NodaTime;
using Npgsql;
using Period = CustomerFeedback.Analytics.Domain.Asking.Period;

namespace CustomerFeedback.Analytics.Data;

/// <summary>Answers by going through the facts in range: any split, any narrowing, any zone. Counts exactly what the ready sums count.</summary>
internal sealed class FactScan(NpgsqlConnection connection, Question question, Instant now, Cells cells)
{
    private readonly Period[] periods = question.Grain is { } grain ? [.. question.Span.Periods(grain)] : [];

    public async Task Read(CancellationToken ct)
    {
        var facts = question.Measures.Select(measure => measure.Fact).ToHashSet();
        if (facts.Contains(Fact.Responses))
            await Responses(ct);
        if (facts.Contains(Fact.Scores))
            await Run(FactSql.Scores, Families("score:"), Score, ct);
        if (facts.Contains(Fact.Invitations))
            await Run(
                FactSql.Invitations,
                [],
                (row, at) => cells.Add(at, "invitations", new() { N = row.Long(0), Good = row.Long(1) }),
                ct
            );
        if (facts.Contains(Fact.Tickets))
            await Tickets(ct);
        if (facts.Contains(Fact.Clocks))
            await Run(FactSql.Clocks, Families("clock:"), Clock, ct);
    }

    /// <summary>Open clocks past their due time that nobody has told as breached yet: few, and in no ready sum.</summary>
    public Task Overdue(CancellationToken ct) => Run(FactSql.Overdue, Families("clock:"), Clock, ct);

    private Task Responses(CancellationToken ct) =>
        Run(
            FactSql.Responses,
            [],
            (row, at) =>
            {
                cells.Add(at, "responses", new() { N = row.Long(0) });
                cells.Add(
                    at,
                    "nps",
                    new()
                    {
                        N = row.Long(1),
                        Good = row.Long(2),
                        Bad = row.Long(3),
                    }
                );
                cells.Add(
                    at,
                    "csi",
                    new()
                    {
                        N = row.Long(4),
                        Sum = row.Double(5),
                        SumOfSquares = row.Double(6),
                    }
                );
                cells.Add(at, "solved", new() { N = row.Long(7), Good = row.Long(8) });
            },
            ct
        );

    private void Score(Row row, Place at) =>
        cells.Add(
            at,
            $"score:{row.Text(0)}",
            new()
            {
                Scale = (int)row.Long(1),
                N = row.Long(2),
                Sum = row.Double(3),
                SumOfSquares = row.Double(4),
                Good = row.Long(5),
            }
        );

    private void Clock(Row row, Place at) =>
        cells.Add(
            at,
            $"clock:{row.Text(0)}",
            new()
            {
                Good = row.Long(1),
                Bad = row.Long(2),
                Open = row.Long(3),
            }
        );

    private async Task Tickets(CancellationToken ct)
    {
        var families = question.Measures.Select(measure => measure.Tally).ToHashSet(StringComparer.Ordinal);
        if (families.Contains("tickets"))
            await Run(FactSql.Tickets, [], (row, at) => cells.Add(at, "tickets", new() { N = row.Long(0) }), ct);
        foreach (var (family, column) in FactSql.Times)
        {
            if (families.Contains(family))
                await Run(FactSql.TimesOf(column), [], (row, at) => cells.Add(at, family, Timed(row)), ct);
        }
    }

    private static Tally Timed(Row row) =>
        new()
        {
            N = row.Long(1),
            Bins = new Dictionary<int, Bin> { [(int)row.Long(0)] = new(row.Long(1), row.Double(2)) },
        };

    private string[] Families(string prefix) =>
        [
            .. question
                .Measures.Select(measure => measure.Tally)
                .Where(family => family.StartsWith(prefix, StringComparison.Ordinal))
                .Select(family => family[prefix.Length..])
                .Distinct(),
        ];

    private async Task Run(FactSql.Statement statement, string[] names, Action<Row, Place> add, CancellationToken ct)
    {
        var dimensions = question.Dimensions;
        await using var command = connection.CreateCommand();
        command.CommandText = FactSql.Of(statement, question, periods.Length > 0);
        void Set(string name, object value) => command.Parameters.Add(new() { ParameterName = name, Value = value });
        if (question.Span.From is { } from)
            Set("from", from.ToDateTimeOffset());
        if (question.Span.To is { } to)
            Set("to", to.ToDateTimeOffset());
        if (periods.Length > 0)
            Set("bounds", periods.Select(period => period.Start.ToDateTimeOffset()).ToArray());
        for (var i = 0; i < question.Filters.Count; i++)
            Set($"filter{i}", question.Filters[i].Values.Select(value => value ?? "").ToArray());
        if (statement.IsNamed)
            Set("names", names);
        if (statement.KnowsNow)
            Set("now", now.ToDateTimeOffset());

        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            LocalDate? period = periods.Length > 0 ? periods[reader.GetInt32(0) - 1].FirstDay : null;
            var values = Enumerable
                .Range(1, dimensions.Count)
                .Select(i => reader.IsDBNull(i) ? null : reader.GetString(i));
            add(new(reader, dimensions.Count + 1), new([.. values], period));
        }
    }

    /// <summary>A row behind its period and dimensions.</summary>
    private readonly record struct Row(NpgsqlDataReader Reader, int First)
    {
        public string Text(int i) => Reader.GetString(First + i);

        public long Long(int i) => Reader.GetInt64(First + i);

        public double Double(int i) => Reader.IsDBNull(First + i) ? 0 : Reader.GetDouble(First + i);
    }
}
