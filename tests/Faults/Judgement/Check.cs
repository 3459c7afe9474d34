namespace CustomerFeedback.Faults.Judgement;

/// <summary>Something of which there must be none.</summary>
/// <param name="Service">Whose database is asked.</param>
/// <param name="What">What is counted, for people.</param>
/// <param name="Sql">The count; the ledger is there as <c>requested</c>, <c>said</c> and <c>answered</c>, the run's mark as <c>$1</c>.</param>
internal sealed record Check(string Service, string What, string Sql)
{
    public static IReadOnlyList<Check> All { get; } =
    [
        .. Front.Checks,
        .. Desk.Checks,
        .. Asking.Checks,
        .. Telling.Checks,
        .. Counting.Checks,
        .. ((string[])["intake", "ticketing", "survey", "analytics", "notifications"]).SelectMany(Left),
    ];

    private static IEnumerable<Check> Left(string service) =>
        [
            new(service, "events left in the outbox", "SELECT count(*) FROM messaging.outbox"),
            new(service, "messages parked", "SELECT count(*) FROM messaging.parked_messages WHERE replayed_at IS NULL"),
        ];
}

/// <summary>Intake: every accepted request once, and nothing else.</summary>
internal static class Front
{
    public static readonly Check[] Checks =
    [
        new(
            "intake",
            "accepted requests not stored just once, under their number",
            """
            SELECT count(*) FROM requested q WHERE (
                SELECT count(*) FROM requests r WHERE r.source = 'faults' AND r.external_id = q.external_id AND r.number = q.number) <> 1
            """
        ),
        new(
            "intake",
            "requests stored, never accepted",
            """
            SELECT count(*) FROM requests r WHERE source = 'faults' AND external_id LIKE $1 || '-%'
                AND NOT EXISTS (SELECT FROM requested q WHERE q.number = r.number)
            """
        ),
        new(
            "intake",
            "bad answers that are not just one new request",
            """
            SELECT count(*) FROM answered a WHERE (
                SELECT count(*) FROM requests r WHERE r.source = 'survey' AND r.external_id = a.response_id::text) <> (CASE WHEN bad THEN 1 ELSE 0 END)
            """
        ),
        new(
            "intake",
            "confirmed tickets that Intake does not know as closed",
            """
            SELECT count(*) FROM said s WHERE kind = 'confirmed'
                AND NOT EXISTS (SELECT FROM requests r WHERE r.number = s.number AND r.status = 'closed')
            """
        ),
    ];
}
