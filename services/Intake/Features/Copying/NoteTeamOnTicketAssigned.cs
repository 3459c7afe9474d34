using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Copying;

/// <summary>Whose team has the ticket decides which agents see the request. Only a newer event counts.</summary>
internal sealed class NoteTeamOnTicketAssigned(IntakeDbContext db) : IConsumer<Batch<TicketAssigned>>
{
    public Task Consume(ConsumeContext<Batch<TicketAssigned>> context) =>
        db.HandleOnce(context, (fresh, ct) => Note([.. fresh.Select(message => message.Message)], ct));

    internal Task Note(IReadOnlyList<TicketAssigned> events, CancellationToken ct)
    {
        var newest = events
            .GroupBy(e => e.Number, StringComparer.Ordinal)
            .Select(ofTicket => ofTicket.MaxBy(e => e.Version)!)
            .ToArray();
        var numbers = Array.ConvertAll(newest, e => e.Number);
        var teams = Array.ConvertAll(newest, e => e.Team);
        var versions = Array.ConvertAll(newest, e => e.Version);
        // Assigned to whomever, there is a ticket now: a request that still says "received" becomes "new".
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE requests r SET team = n.team, team_version = n.version,
                status = CASE WHEN r.status = {RequestRow.Received} THEN 'new' ELSE r.status END
            FROM unnest({numbers}, {teams}, {versions}) AS n (number, team, version)
            WHERE r.number = n.number AND r.team_version < n.version
            """,
            ct
        );
    }
}
