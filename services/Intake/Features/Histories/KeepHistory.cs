using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Histories;

/// <summary>Puts what came of a customer's requests into the customer's file: each thing once, in whatever order it is told.</summary>
internal sealed class KeepHistory(IntakeDbContext db) : IEnvelopeConsumer
{
    /// <summary>Its queue, as the event table names it.</summary>
    public const string Queue = "intake-keep-history";

    public async Task<int> Consume(IReadOnlyList<Envelope> batch, CancellationToken ct)
    {
        var lines = batch.Select(HistoryLine.From).OfType<CustomerHistoryRow>().ToArray();
        var customers = Array.ConvertAll(lines, line => line.CustomerId);
        var ids = Array.ConvertAll(lines, line => line.Id);
        var times = Array.ConvertAll(lines, line => line.At.UtcDateTime);
        var kinds = Array.ConvertAll(lines, line => line.Kind);
        var numbers = Array.ConvertAll(lines, line => line.Number);
        var details = Array.ConvertAll(lines, line => line.Details);
        var kept = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO customer_history (customer_id, id, at, kind, number, details)
            SELECT customer_id, id, at, kind, number, details::jsonb
            FROM unnest({customers}, {ids}, {times}, {kinds}, {numbers}, {details}) AS n (customer_id, id, at, kind, number, details)
            ON CONFLICT DO NOTHING
            """,
            ct
        );
        return kept + (batch.Count - lines.Length); // what is nobody's is not there twice either
    }
}
