namespace CustomerFeedback.Faults.Judgement;

/// <summary>Survey: one invitation per confirmed episode, and the responses that were accepted, once, as they were given.</summary>
internal static class Asking
{
    public static readonly Check[] Checks =
    [
        new(
            "survey",
            "confirmed episodes without just one invitation that was sent",
            """
            SELECT count(*) FROM said s WHERE kind = 'confirmed' AND (
                SELECT count(*) FROM invitations i WHERE i.number = s.number AND i.episode = s.episode AND i.sent_at IS NOT NULL) <> 1
            """
        ),
        new(
            "survey",
            "invitations about what nobody confirmed",
            """
            SELECT count(*) FROM invitations i JOIN requested q ON q.number = i.number
            WHERE NOT EXISTS (SELECT FROM said s WHERE s.number = i.number AND s.episode = i.episode AND s.kind = 'confirmed')
            """
        ),
        new(
            "survey",
            "accepted responses not stored just once, as given",
            """
            SELECT count(*) FROM answered a WHERE (
                SELECT count(*) FROM responses r JOIN invitations i ON i.id = r.invitation_id AND i.state = 'completed'
                WHERE r.id = a.response_id AND r.number = a.number AND r.episode = a.episode
                    AND (r.answers -> 'overall' ->> 'value')::float8 = a.overall AND (r.answers -> 'nps' ->> 'value')::float8 = a.nps) <> 1
            """
        ),
        new(
            "survey",
            "responses stored, never accepted",
            """
            SELECT count(*) FROM responses r JOIN requested q ON q.number = r.number
            WHERE NOT EXISTS (SELECT FROM answered a WHERE a.response_id = r.id)
            """
        ),
    ];
}
