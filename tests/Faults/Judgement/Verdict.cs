using System.Diagnostics;
using CustomerFeedback.Faults.Load;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Faults.Judgement;

/// <summary>Compares the ledger with the databases once everything has come to rest; nothing the services count themselves is trusted.</summary>
internal sealed class Verdict(Ledger ledger, TimeSpan patience)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task<bool> Give(RequestStream stream, Sender sender)
    {
        var since = Stopwatch.StartNew();
        var first = await Findings();
        var wrong = await AtRest(since);
        var rest = since.Elapsed;
        await stream.Replay();
        var rebuilt = await Rebuild.Run(sender);
        wrong = [.. wrong, .. await Findings()]; // after replay and rebuild too

        Console.WriteLine(
            $"""

            requests   meant {ledger.Meant}, accepted {ledger.Requests.Count}, refused {ledger.Refused.Count}, sent once more at the end {ledger.Replayed}
            people     {Count("contact")} contacts, {Count("resolved")} resolutions, {Count("rejected")} rejected, {Count(
                "confirmed"
            )} confirmed
            answers    {ledger.Answers.Count}, of them bad {ledger.Answers.Count(a => a.Bad)}
            at rest    {rest.TotalSeconds:0.0} s after the last answer (limit {patience.TotalSeconds:0} s); right then {first.Count} findings were open
            checked    {Check.All.Count} counts that must be 0, {Comparison.All.Count} sums against a recomputation, the queues
            rebuild    {(rebuilt.Equal ? "equal checksum" : "DIFFERENT checksum")}, {rebuilt.Says}
            """
        );
        foreach (var finding in wrong.Distinct())
            Console.WriteLine($"WRONG      {finding}");
        foreach (var (key, why) in ledger.Refused.Take(5))
            Console.WriteLine($"REFUSED    {key}: {why}");
        foreach (var key in ledger.Contradicted)
            Console.WriteLine($"WRONG      two numbers for one key: {key}");

        return wrong.Count == 0
            && rebuilt.Equal
            && ledger.Refused.IsEmpty
            && ledger.Contradicted.IsEmpty
            && ledger.Requests.Count == ledger.Meant
            && ledger.Requests.Values.Distinct(StringComparer.Ordinal).Count() == ledger.Meant;

        int Count(string kind) => ledger.Said.Count(said => said.Kind == kind);
    }

    /// <summary>What is still wrong when nothing is any more, or when patience is at its end.</summary>
    public Task<IReadOnlyList<string>> AtRest() => AtRest(Stopwatch.StartNew());

    private async Task<IReadOnlyList<string>> AtRest(Stopwatch since)
    {
        while (true)
        {
            var findings = await Findings();
            if (findings.Count == 0 || since.Elapsed > patience)
                return findings;
            await Task.Delay(Look);
        }
    }

    private async Task<IReadOnlyList<string>> Findings()
    {
        var databases = new Dictionary<string, NpgsqlConnection>(StringComparer.Ordinal);
        try
        {
            foreach (var service in Check.All.Select(check => check.Service).Distinct(StringComparer.Ordinal))
                databases[service] = await LedgerTables.Open(service, ledger);
            List<string> findings = [];
            if (await Queues.Waiting() is > 0 and var waiting)
                findings.Add($"messages waiting in the broker: {waiting}");
            foreach (var check in Check.All)
            {
                if (await Count(databases[check.Service], check.Sql, ledger.Run) is > 0 and var count)
                    findings.Add($"{check.Service}, {check.What}: {count}");
            }

            foreach (var comparison in Comparison.All)
                findings.AddRange(await comparison.Differences(databases[comparison.Owner], databases["analytics"]));
            return findings;
        }
        catch (Exception e)
            when (e is NpgsqlException { IsTransient: true } or BrokerUnreachableException or IOException)
        {
            return [$"a server does not answer: {e.Message}"];
        }
        finally
        {
            foreach (var database in databases.Values)
                await database.DisposeAsync();
        }
    }

    private static async Task<long> Count(NpgsqlConnection connection, string sql, string run)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (sql.Contains("$1", StringComparison.Ordinal))
            command.Parameters.Add(new() { Value = run });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
