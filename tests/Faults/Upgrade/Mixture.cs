using System.Diagnostics;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using Npgsql;

namespace CustomerFeedback.Faults.Upgrade;

/// <summary>How many messages of one build a consumer handled with the other.</summary>
/// <param name="Consumer">Its queue, and the event.</param>
internal sealed record Met(string Consumer, long OldByNext, long NextByOld)
{
    public bool IsBoth => OldByNext > 0 && NextByOld > 0;
}

/// <summary>Which build handled the messages of which, read from what both left in the databases.</summary>
internal static class Mixture
{
    private const string Store = "analytics-store-events";

    /// <summary>By message, consumer and build; what is one line however often it is told has no inbox.</summary>
    private const string Handled = """
        SELECT message_id, handled_by IS NOT NULL, consumer FROM messaging.inbox WHERE consumer = ANY ($1)
        """;

    private const string Histories = """
        SELECT id, handled_by IS NOT NULL, consumer FROM customer_history, unnest($1) AS consumer WHERE consumer = 'intake-keep-history'
        """;

    /// <summary>The events that tell which build sent them.</summary>
    private static readonly string[] Marked =
    [
        nameof(RequestReceived),
        nameof(TicketStatusChanged),
        nameof(SurveyInvited),
    ];

    /// <summary>Waits until each consumer has handled messages of either build with the other, while both are there.</summary>
    public static async Task IsComplete(TimeSpan atMost, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (!(await Read()).All(met => met.IsBoth) && since.Elapsed < atMost)
            await Task.Delay(TimeSpan.FromSeconds(2), ct);
    }

    /// <summary>Every consumer of a marked event.</summary>
    public static async Task<IReadOnlyList<Met>> Read()
    {
        var sent = new Dictionary<Guid, bool>();
        var counts = new Dictionary<(string Queue, string Event, bool ByNext, bool WithNext), long>();
        var kinds = new Dictionary<Guid, string>();
        await Each(
            "analytics",
            "SELECT id, handled_by IS NOT NULL, body ? 'build', type FROM events WHERE type = ANY ($1)",
            row =>
            {
                (sent[row.GetGuid(0)], kinds[row.GetGuid(0)]) = (row.GetBoolean(2), row.GetString(3));
                Count(Store, row.GetGuid(0), row.GetBoolean(1));
            },
            Marked
        );
        var consumers = (
            from row in EventTable.Rows
            where Marked.Contains(row.Event.Name)
            from queue in row.Queues
            select (Queue: queue, Event: row.Event.Name)
        ).ToList();
        foreach (var service in consumers.Select(c => c.Queue.Split('-')[0]).Distinct().Where(s => s != "analytics"))
            await Each(
                service,
                service == "intake" ? $"{Handled} UNION ALL {Histories}" : Handled,
                row => Count(row.GetString(2), row.GetGuid(0), row.GetBoolean(1)),
                [.. consumers.Select(c => c.Queue)]
            );

        return
        [
            .. consumers.Select(c => new Met(
                $"{c.Queue} ({c.Event})",
                counts.GetValueOrDefault((c.Queue, c.Event, false, true)),
                counts.GetValueOrDefault((c.Queue, c.Event, true, false))
            )),
        ];

        void Count(string queue, Guid message, bool withNext)
        {
            if (!sent.TryGetValue(message, out var byNext))
                return;
            var key = (queue, kinds[message], byNext, withNext);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    private static async Task Each(string service, string sql, Action<NpgsqlDataReader> take, string[] wanted)
    {
        await using var source = NpgsqlDataSource.Create(LocalSystem.Database(service) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = wanted });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            take(reader);
    }
}
