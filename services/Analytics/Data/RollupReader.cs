using CustomerFeedback.Analytics.Domain.Asking;
using CustomerFeedback.Analytics.Domain.Measures;
using CustomerFeedback.Analytics.Domain.Statistics;
using NodaTime;
using Npgsql;
using Span = CustomerFeedback.Analytics.Domain.Asking.Span;

namespace CustomerFeedback.Analytics.Data;

/// <summary>Answers from the sums that are kept ready: as many rows as there are buckets and keys, whatever the history.</summary>
internal static class RollupReader
{
    /// <summary>Ratings have 5 or 10 points, and a family of sums for each.</summary>
    private static readonly int[] Scales = [5, 10];

    private const string ScorePrefix = "score:";

    public static async Task Read(
        NpgsqlConnection connection,
        Question question,
        string view,
        Cells cells,
        CancellationToken ct
    )
    {
        await using var command = connection.CreateCommand();
        var keyed = question.Dimensions.Count > 0;
        command.CommandText = Statement(command, question);
        command.Parameters.Add(new() { ParameterName = "view", Value = view });
        command.Parameters.Add(new() { ParameterName = "measures", Value = MeasuresOf(question).ToArray() });
        if (question.Filters.Count > 0)
            command.Parameters.Add(
                new() { ParameterName = "keys", Value = question.Filters[0].Values.Select(v => v ?? "").ToArray() }
            );

        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            LocalDate? period = question.Grain is null
                ? null
                : LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(0));
            var key = reader.GetString(1);
            var place = new Place(keyed ? [key.Length == 0 ? null : key] : [], period);
            var (measure, bin) = (reader.GetString(2), reader.GetInt32(3));
            var sums = new Tally
            {
                N = reader.GetInt64(4),
                Sum = reader.GetDouble(5),
                SumOfSquares = reader.GetDouble(6),
            };
            cells.Add(place, FamilyOf(measure), Counted(measure, bin, sums));
        }
    }

    private static string Statement(NpgsqlCommand command, Question question)
    {
        var tiers = Tiers(question.Span, question.Grain)
            .Select(tier => Select(command, tier, question.Filters.Count > 0));
        var key = question.Dimensions.Count > 0 ? "key" : "''";
        return $"""
            SELECT {PeriodOf(
                question.Grain
            )}, {key}, measure, bin, sum(n)::bigint, sum(sum)::float8, sum(sum_sq)::float8
            FROM ({string.Join(" UNION ALL ", tiers)}) AS sums
            GROUP BY 1, 2, 3, 4
            HAVING sum(n) <> 0
            """;
    }

    private static IEnumerable<string> MeasuresOf(Question question) =>
        question
            .Measures.Select(measure => measure.Tally)
            .Distinct()
            .SelectMany(family =>
                family.StartsWith(ScorePrefix, StringComparison.Ordinal)
                    ? Scales.Select(scale => $"{family}@{scale}")
                    : [family]
            );

    private static string FamilyOf(string measure) => measure.Split('@')[0];

    /// <summary>What a bin means in its family.</summary>
    private static Tally Counted(string measure, int bin, Tally sums)
    {
        if (measure.StartsWith(ScorePrefix, StringComparison.Ordinal))
        {
            var scale = int.Parse(measure.AsSpan(measure.IndexOf('@') + 1));
            return sums with { Scale = scale, Good = bin >= TopBox.From(scale) ? sums.N : 0 };
        }

        if (measure.StartsWith("clock:", StringComparison.Ordinal))
            return bin switch
            {
                1 => new() { Good = sums.N },
                2 => new() { Bad = sums.N },
                _ => Tally.Nothing, // cancelled, or running and not due: the overdue among those are counted apart
            };
        return measure switch
        {
            "nps" => sums with
            {
                Good = bin >= NetPromoter.PromoterFrom ? sums.N : 0,
                Bad = bin <= NetPromoter.DetractorTo ? sums.N : 0,
            },
            "solved" => sums with { Good = bin == 1 ? sums.N : 0 },
            "invitations" => bin is >= 1 and <= 4 ? new() { N = sums.N, Good = bin == 4 ? sums.N : 0 } : Tally.Nothing,
            "first_contact" or "resolution" => sums with
            {
                Bins = new Dictionary<int, Bin> { [bin] = new(sums.N, sums.Sum) },
            },
            _ => sums,
        };
    }

    private static string PeriodOf(Grain? grain) =>
        grain is { } g ? $"date_trunc('{g.ToString().ToLowerInvariant()}', bucket::timestamp)::date" : "NULL::date";

    private static string Select(NpgsqlCommand command, Tier tier, bool filtered)
    {
        var sql = $"""
            SELECT bucket, key, measure, bin, n, sum, sum_sq FROM facts.rollups
            WHERE view = @view AND grain = '{tier.Grain}' AND measure = ANY(@measures)
            """;
        if (tier.From is { } from)
            sql += $" AND bucket >= {Parameter(command, from.ToDateOnly())}";
        if (tier.To is { } to)
            sql += $" AND bucket < {Parameter(command, to.ToDateOnly())}";
        return filtered ? $"{sql} AND key = ANY(@keys)" : sql;
    }

    private static string Parameter(NpgsqlCommand command, DateOnly day)
    {
        var name = $"@d{command.Parameters.Count}";
        command.Parameters.Add(new() { ParameterName = name, Value = day });
        return name;
    }

    private sealed record Tier(string Grain, LocalDate? From, LocalDate? To);

    /// <summary>Whole months from the months, the days around them from the days; all of time from the totals.</summary>
    private static List<Tier> Tiers(Span span, Grain? grain)
    {
        var (from, to) = span.WholeDays!.Value;
        if (from is null && to is null)
            return [new("all", null, null)];
        if (grain is Grain.Day or Grain.Week)
            return [new("day", from, to)];
        var firstMonth = from is { } day
            ? Grain.Month.FirstDay(day.PlusMonths(day.Day == 1 ? 0 : 1))
            : (LocalDate?)null;
        var lastMonth = to is { } end ? Grain.Month.FirstDay(end) : (LocalDate?)null;
        if (firstMonth >= lastMonth)
            return [new("day", from, to)];
        var tiers = new List<Tier> { new("month", firstMonth, lastMonth) };
        if (from < firstMonth)
            tiers.Add(new("day", from, firstMonth));
        if (lastMonth < to)
            tiers.Add(new("day", lastMonth, to));
        return tiers;
    }
}
