using CustomerFeedback.Analytics.Domain.Asking;

namespace CustomerFeedback.Analytics.Data;

/// <summary>The statements that go through facts: what is counted is written here, where, when and by what is put around it.</summary>
internal static class FactSql
{
    /// <param name="From">The facts, as <c>f</c>.</param>
    /// <param name="At">What places a fact in time.</param>
    /// <param name="Counts">What is counted, bigint and float8.</param>
    /// <param name="Where">What counts at all.</param>
    /// <param name="By">What the counts are split by beside the question's dimensions; selected first.</param>
    /// <param name="AlsoAt">The same moment in a second table, so that both leave out the months that are not asked for.</param>
    public sealed record Statement(
        string From,
        string At,
        string Counts,
        string Where,
        string By = "",
        string? AlsoAt = null
    )
    {
        public bool IsNamed => Where.Contains("@names", StringComparison.Ordinal);

        public bool KnowsNow =>
            Counts.Contains("@now", StringComparison.Ordinal) || Where.Contains("@now", StringComparison.Ordinal);
    }

    public static readonly Statement Responses = new(
        "facts.response_facts f",
        "f.submitted_at",
        """
        count(*), count(nps), count(*) FILTER (WHERE nps >= 9), count(*) FILTER (WHERE nps <= 6),
        count(csi), sum(csi), sum(csi * csi), count(solved), count(*) FILTER (WHERE solved)
        """,
        "f.counted"
    );

    public static readonly Statement Scores = new(
        "facts.response_facts f JOIN facts.response_scores s ON s.response_id = f.response_id AND s.submitted_at = f.submitted_at",
        "f.submitted_at",
        """
        count(*), sum(s.score), sum(s.score * s.score),
        count(*) FILTER (WHERE floor(s.score + 0.5) >= CASE WHEN s.scale >= 10 THEN s.scale - 2 ELSE s.scale - 1 END)
        """,
        "f.counted AND s.scale IN (5, 10) AND s.dimension = ANY(@names)",
        "s.dimension, s.scale::bigint",
        "s.submitted_at"
    );

    public static readonly Statement Invitations = new(
        "facts.invitation_facts f",
        "f.invited_at",
        "count(*), count(*) FILTER (WHERE state = 'completed')",
        "f.state IN ('sent', 'opened', 'started', 'completed')"
    );

    public static readonly Statement Tickets = new(
        "facts.ticket_facts f",
        "f.received_at",
        "count(*)",
        "f.received_at IS NOT NULL"
    );

    public static readonly Statement Clocks = new(
        "facts.clock_facts f",
        "coalesce(f.due_at, f.started_at)",
        $"""
        count(*) FILTER (WHERE state = 'met' AND NOT breached), count(*) FILTER (WHERE breached AND (state <> 'cancelled' OR cancel_reason IS DISTINCT FROM 'ticket_cancelled')),
        count(*) FILTER (WHERE {IsOverdue})
        """,
        "f.clock = ANY(@names)",
        "f.clock"
    );

    public static readonly Statement Overdue = new(
        "facts.clock_facts f",
        "f.due_at",
        "0::bigint, 0::bigint, count(*)",
        $"f.clock = ANY(@names) AND {IsOverdue}",
        "f.clock"
    );

    private const string IsOverdue = "f.state = 'running' AND NOT f.breached AND f.due_at < @now";

    /// <summary>Families of times and where the facts keep them.</summary>
    public static readonly (string Family, string Column)[] Times =
    [
        ("first_contact", "first_contact_seconds"),
        ("resolution", "resolution_seconds"),
    ];

    /// <summary>The bins are those of <see cref="Domain.Statistics.LogHistogram"/>.</summary>
    public static Statement TimesOf(string column) =>
        new(
            "facts.ticket_facts f",
            "f.received_at",
            $"count(*), sum({column})",
            $"f.received_at IS NOT NULL AND {column} IS NOT NULL AND f.status IS DISTINCT FROM 'cancelled'",
            $"(CASE WHEN {column} < 1 THEN 0 ELSE 1 + floor(ln({column}) / ln(1.02::float8)) END)::bigint"
        );

    /// <summary>The whole statement: period, dimensions, what it is split by, counts.</summary>
    public static string Of(Statement statement, Question question, bool trend)
    {
        string[] split =
        [
            trend ? $"width_bucket({statement.At}, @bounds)" : "0",
            .. question.Dimensions.Select(dimension => $"nullif(f.{dimension.Column}::text, '')"),
            .. statement.By.Length > 0 ? [statement.By] : Array.Empty<string>(),
        ];
        string[] where =
        [
            statement.Where,
            .. Moments(statement).Where(_ => question.Span.From is not null).Select(at => $"{at} >= @from"),
            .. Moments(statement).Where(_ => question.Span.To is not null).Select(at => $"{at} < @to"),
            .. question.Filters.Select(
                (filter, i) => $"coalesce(f.{filter.Dimension.Column}::text, '') = ANY(@filter{i})"
            ),
        ];
        var columns = split.Length + statement.By.Count(c => c == ',');
        return $"""
            SELECT {string.Join(", ", split)}, {statement.Counts}
            FROM {statement.From}
            WHERE {string.Join(" AND ", where)}
            GROUP BY {string.Join(", ", Enumerable.Range(1, columns))}
            """;
    }

    private static IEnumerable<string> Moments(Statement statement) =>
        statement.AlsoAt is { } also ? [statement.At, also] : [statement.At];
}
