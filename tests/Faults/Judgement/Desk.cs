using CustomerFeedback.Faults.Load;

namespace CustomerFeedback.Faults.Judgement;

/// <summary>Ticketing: one ticket per request, every word of a person on it once, every step of the ladder once and none early.</summary>
internal static class Desk
{
    public static readonly Check[] Checks =
    [
        new(
            "ticketing",
            "accepted requests without just one ticket",
            "SELECT count(*) FROM requested q WHERE (SELECT count(*) FROM tickets t WHERE t.number = q.number) <> 1"
        ),
        new(
            "ticketing",
            "acknowledged commands that are not on the ticket just once",
            """
            SELECT count(*) FROM (SELECT DISTINCT number, kind FROM said) k
            WHERE (SELECT count(*) FROM said s WHERE s.number = k.number AND s.kind = k.kind) <> (
                SELECT count(*) FROM timeline l JOIN tickets t ON t.id = l.ticket_id WHERE t.number = k.number AND l.kind = k.kind)
            """
        ),
        new(
            "ticketing",
            "confirmed tickets that are not closed in their episode",
            """
            SELECT count(*) FROM said s WHERE kind = 'confirmed' AND NOT EXISTS (
                SELECT FROM tickets t WHERE t.number = s.number AND t.status = 'closed' AND t.confirmation = 'confirmed' AND t.episode = s.episode)
            """
        ),
        new(
            "ticketing",
            "confirmed episodes whose survey clock has not been met just once",
            """
            SELECT count(*) FROM said s WHERE kind = 'confirmed' AND (
                SELECT count(*) FROM tickets t JOIN sla_clocks c ON c.ticket_id = t.id
                WHERE t.number = s.number AND c.episode = s.episode AND c.clock = 'survey_dispatch' AND c.entries @> '[{"event": "met"}]') <> 1
            """
        ),
        new(
            "ticketing",
            "ladders that did not fire just once",
            $"""
            SELECT count(*) FROM requested q JOIN tickets t ON t.number = q.number JOIN sla_clocks c ON c.ticket_id = t.id AND c.clock = 'first_contact'
            WHERE q.probe AND (SELECT count(*) FROM sla_steps s WHERE s.clock_id = c.id) <> {EscalationProbe.Steps}
            """
        ),
        new("ticketing", "steps that fired early", "SELECT count(*) FROM sla_steps WHERE fired_at < due_at"),
        new(
            "ticketing",
            "warnings, breaches and escalations told twice",
            """
            SELECT count(*) FROM (
                SELECT FROM timeline l JOIN tickets t ON t.id = l.ticket_id JOIN requested q ON q.number = t.number
                WHERE l.kind IN ('sla_warning_reached', 'sla_breached', 'escalated')
                GROUP BY l.ticket_id, l.kind, l.details HAVING count(*) > 1) AS twice
            """
        ),
    ];
}
