namespace CustomerFeedback.Faults.Judgement;

/// <summary>Analytics: every event once, and facts that say what the ledger says.</summary>
internal static class Counting
{
    public static readonly Check[] Checks =
    [
        new(
            "analytics",
            "accepted requests whose arrival is not stored just once",
            """
            SELECT count(*) FROM requested q WHERE (
                SELECT count(*) FROM events e WHERE e.thread = q.number AND e.type = 'RequestReceived') <> 1
            """
        ),
        new(
            "analytics",
            "subjects with a gap or a repetition in their versions",
            """
            SELECT count(*) FROM (
                SELECT FROM events GROUP BY subject_id HAVING count(*) <> max(version) OR count(DISTINCT version) <> max(version)) AS torn
            """
        ),
        new(
            "analytics",
            "tickets whose facts are not as acknowledged",
            """
            SELECT count(*) FROM requested q LEFT JOIN facts.ticket_facts f ON f.number = q.number
            WHERE f.status IS DISTINCT FROM (CASE WHEN EXISTS (SELECT FROM said s WHERE s.number = q.number AND s.kind = 'confirmed') THEN 'closed'
                    ELSE f.status END)
                OR f.reopened IS DISTINCT FROM (SELECT count(*) FROM said s WHERE s.number = q.number AND s.kind = 'rejected')
                OR f.escalated IS DISTINCT FROM (CASE WHEN q.probe THEN 2 ELSE 0 END)
            """
        ),
        new(
            "analytics",
            "accepted responses whose facts are not there just once, as given",
            """
            SELECT count(*) FROM answered a WHERE (
                SELECT count(*) FROM facts.response_facts f WHERE f.response_id = a.response_id AND f.number = a.number
                    AND f.overall = a.overall AND f.nps = a.nps AND f.solved <> a.bad AND f.counted) <> 1
            """
        ),
        new(
            "analytics",
            "bad answers whose new request does not lead back to them",
            """
            SELECT count(*) FROM answered a WHERE bad AND (
                SELECT count(*) FROM facts.ticket_facts f WHERE f.recovery_response_id = a.response_id AND f.recovery_of = a.number) <> 1
            """
        ),
    ];
}
