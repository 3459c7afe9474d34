using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Copying;

/// <summary>A request shows its ticket's status. Events may come late or twice: only a newer one counts.</summary>
internal sealed class NoteStatusOnTicketStatusChanged(IntakeDbContext db) : IConsumer<Batch<TicketStatusChanged>>
{
    public Task Consume(ConsumeContext<Batch<TicketStatusChanged>> context) =>
        db.HandleOnce(context, (fresh, ct) => Note([.. fresh.Select(message => message.Message)], ct));

    internal Task Note(IReadOnlyList<TicketStatusChanged> events, CancellationToken ct)
    {
        // One row can be updated once per statement, so a ticket's newest event speaks for the batch.
        var newest = events
            .Where(e => e.To != TicketStatus.Unknown)
            .GroupBy(e => e.Number, StringComparer.Ordinal)
            .Select(ofTicket => ofTicket.MaxBy(e => e.Version)!)
            .ToArray();
        var numbers = Array.ConvertAll(newest, e => e.Number);
        var statuses = Array.ConvertAll(newest, e => Words.Of(e.To));
        var versions = Array.ConvertAll(newest, e => e.Version);
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE requests r SET status = n.status, status_version = n.version
            FROM unnest({numbers}, {statuses}, {versions}) AS n (number, status, version)
            WHERE r.number = n.number AND r.status_version < n.version
            """,
            ct
        );
    }
}
