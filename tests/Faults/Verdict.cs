using Npgsql;

namespace CustomerFeedback.Faults;

/// <summary>Compares the ledger with the databases once everything has come to rest; nothing the services count themselves is trusted.</summary>
internal static class Verdict
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<bool> Give(RequestStream stream)
    {
        var numbers = stream.Accepted.Values.ToArray();
        var ids = stream.Accepted.Keys.ToArray();
        var resting = await Rest(numbers);

        var tickets = await Count("ticketing", "SELECT count(*) FROM tickets WHERE number = ANY ($1)", numbers);
        var requests = await Count("intake", "SELECT count(*) FROM requests WHERE external_id = ANY ($1)", ids);
        var unexpected = await Count(
            "intake",
            "SELECT count(*) FROM requests WHERE external_id LIKE $1[1] AND NOT external_id = ANY ($1[2:])",
            [$"{stream.Run}-%", .. ids]
        );
        var crooked = await Count("ticketing", CrookedLadders, numbers);
        var told = await Count("ticketing", DoubledLines, numbers);
        var gaps = await Count("ticketing", "SELECT count(*) FROM messaging.outbox WHERE $1 IS NOT NULL", numbers);

        Console.WriteLine(
            $"""

            meant {stream.Meant}, accepted {numbers.Length}, refused {stream.Refused.Count}, answers that told nothing {stream.Unknown}
            at rest within {Patience.TotalSeconds:0} s               {resting}
            accepted without a request             {numbers.Length - requests}
            accepted without a ticket              {numbers.Distinct().Count() - tickets}
            two numbers for one key                {stream.Contradicted.Count}
            one number for two keys                {numbers.Length - numbers.Distinct().Count()}
            stored, never accepted                 {unexpected}
            ladders that did not fire just once    {crooked}
            escalation lines told twice            {told}
            events left in the outbox              {gaps}
            """
        );
        foreach (var (id, why) in stream.Refused.Take(5))
            Console.WriteLine($"refused {id}: {why}");

        return resting
            && stream.Refused.IsEmpty
            && stream.Contradicted.IsEmpty
            && numbers.Length == stream.Meant
            && numbers.Distinct().Count() == numbers.Length
            && (tickets, requests, unexpected, crooked, told, gaps) == (numbers.Length, numbers.Length, 0, 0, 0, 0);
    }

    private static readonly string CrookedLadders = $"""
        SELECT count(*) FROM tickets t JOIN sla_clocks c ON c.ticket_id = t.id AND c.clock = 'first_contact'
        WHERE t.number = ANY ($1) AND (SELECT count(*) FROM sla_steps s WHERE s.clock_id = c.id) <> {EscalationProbe.Steps}
        """;

    private const string DoubledLines = """
        SELECT count(*) FROM (
            SELECT FROM timeline l JOIN tickets t ON t.id = l.ticket_id
            WHERE t.number = ANY ($1) AND l.kind IN ('sla_warning_reached', 'sla_breached', 'escalated')
            GROUP BY l.ticket_id, l.kind, l.details HAVING count(*) > 1) AS twice
        """;

    /// <summary>Every ticket there, every ladder climbed, every event gone; false when that takes too long.</summary>
    private static async Task<bool> Rest(string[] numbers)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!limit.IsCancellationRequested)
        {
            try
            {
                if (
                    await Count("ticketing", "SELECT count(*) FROM tickets WHERE number = ANY ($1)", numbers)
                        == numbers.Length
                    && await Count("ticketing", CrookedLadders, numbers) == 0
                    && await Count("ticketing", "SELECT count(*) FROM messaging.outbox WHERE $1 IS NOT NULL", numbers)
                        == 0
                )
                    return true;
            }
            catch (NpgsqlException e) when (e.IsTransient || e is not PostgresException)
            {
                Console.WriteLine($"the database does not answer yet: {e.Message}");
            }

            await Task.Delay(500);
        }

        return false;
    }

    private static async Task<long> Count(string service, string query, string[] keys)
    {
        await using var source = NpgsqlDataSource.Create(LocalSystem.Database(service) + ";Pooling=false");
        await using var command = source.CreateCommand(query);
        command.Parameters.Add(new() { Value = keys });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
