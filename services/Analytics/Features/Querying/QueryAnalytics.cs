using CustomerFeedback.Analytics.Data;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;

namespace CustomerFeedback.Analytics.Features.Querying;

/// <summary>Answers one question with numbers: each with its n, interval and definition, small cells of people's answers hidden.</summary>
internal static class QueryAnalytics
{
    /// <param name="Rows">
    /// A member per dimension, <c>period</c> (the first day of the day, week, month ...; null without a grain), a member per measure (value, n, low, high, definition,
    /// suppressed; with a comparison also before, difference, significance), and <c>suppressed</c> (<c>below_threshold</c> when any number of the row is hidden).
    /// </param>
    /// <param name="AsOf">When the last event that is in the numbers was stored; null while there is none.</param>
    /// <param name="EventsBehind">Messages that have arrived at this service and are not in the numbers yet; null while unknown.</param>
    /// <param name="From">The beginning as it was understood.</param>
    /// <param name="To">The end as it was understood: not in the numbers.</param>
    /// <param name="Zone">Where days begin.</param>
    /// <param name="ServedFrom"><c>rollup</c> or <c>scan</c>.</param>
    public sealed record Answer(
        IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows,
        DateTimeOffset? AsOf,
        long? EventsBehind,
        DateTimeOffset? From,
        DateTimeOffset? To,
        string Zone,
        string ServedFrom
    );

    private const string TooManyRows = "too_many_rows";
    private const string TooLong = "query_too_long";

    private const string Example = """
        {
          "measures": ["csat", "nps", "responses"], "dimensions": ["channel"], "grain": "month", "zone": "Asia/Shanghai",
          "from": "2026-10-01", "to": "2026-11-30", "filters": { "segment": ["vip"] }, "compare": "previous_period"
        }
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/analytics/query", Handle)
            .WithName(nameof(QueryAnalytics))
            .ForExample(Example)
            .WithSummary("Numbers by any dimensions, periods and filters, with intervals and definitions")
            .WithTags("analytics")
            .Refuses(422, TooManyRows, TooLong);

    internal static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        QueryForm form,
        RatedDimensions rated,
        NumbersReader numbers,
        IOptions<NumbersOptions> options,
        TimeProvider clock,
        Backlog backlog,
        CancellationToken ct
    )
    {
        var (known, now) = (await rated.Known(ct), Instant.FromDateTimeOffset(clock.GetUtcNow()));
        if (form.Read(known, options.Value.CompanyZone, now, out var errors) is not { } question)
            return Problem.Malformed(errors);
        var limit = options.Value.RowLimit;
        if (question.Grain is { } grain && question.Span.Periods(grain).Skip(limit).Any())
            return Refused(limit);
        try
        {
            var counted = await numbers.Read(question, ct);
            if (counted.Now.Count > limit)
                return Refused(limit);
            return TypedResults.Ok(
                new Answer(
                    AnswerTable.Rows(question, counted, options.Value.AnonymityThreshold),
                    counted.AsOf,
                    Freshness.EventsBehind(backlog),
                    question.Span.From?.ToDateTimeOffset(),
                    question.Span.To?.ToDateTimeOffset(),
                    question.Span.Zone.Id,
                    counted.ServedFrom
                )
            );
        }
        catch (Exception e) when (IsTimeout(e))
        {
            return Problem.Refused(
                422,
                TooLong,
                "This goes through more facts than there is time for: ask for a shorter range or fewer dimensions."
            );
        }
    }

    private static ProblemHttpResult Refused(int limit) =>
        Problem.Refused(
            422,
            TooManyRows,
            $"The answer has more than {limit} rows: ask for longer periods, fewer dimensions or a shorter range."
        );

    private static bool IsTimeout(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        || (e.InnerException is { } inner && IsTimeout(inner));
}
