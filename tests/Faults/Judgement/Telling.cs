namespace CustomerFeedback.Faults.Judgement;

/// <summary>Notifications: one message for each occasion and recipient, and what became of it.</summary>
internal static class Telling
{
    /// <summary>Who must have been told what about a number, and how often.</summary>
    private const string Due = """
        WITH due (number, template, times) AS (
            SELECT number, 'request-accepted', 1 FROM requested
            UNION ALL SELECT number, 'sla-breached', 1 FROM requested WHERE probe
            UNION ALL SELECT number, 'ticket-escalated', 1 FROM requested WHERE probe -- the lead; the assignee is told of the breach itself
            UNION ALL SELECT number, 'please-confirm', count(*) FROM said WHERE kind = 'resolved' GROUP BY number
            UNION ALL SELECT number, 'survey-link', count(*) FROM said WHERE kind = 'confirmed' GROUP BY number),
        told AS (SELECT d.number, d.template, count(*) AS times FROM deliveries d JOIN requested USING (number)
            WHERE d.template <> 'ticket-assigned' -- as often as somebody was given it, which hangs on who was free
            GROUP BY d.number, d.template)
        """;

    public static readonly Check[] Checks =
    [
        new(
            "notifications",
            "messages that are not there just once for each occasion and recipient",
            $"{Due} SELECT count(*) FROM due FULL JOIN told USING (number, template) WHERE due.times IS DISTINCT FROM told.times"
        ),
        new(
            "notifications",
            "messages that are not at an end",
            "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending')"
        ),
        new(
            "notifications",
            "messages given up",
            "SELECT count(*) FROM deliveries d JOIN requested USING (number) WHERE state = 'failed'"
        ),
    ];
}
