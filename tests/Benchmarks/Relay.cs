using System.Diagnostics;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// The outbox relay of a running Intake on a backlog of stored events, in turn with bare publishing of as many messages.
/// The rows go straight into the outbox table, so nothing but the relay is at work.
/// </summary>
internal static class Relay
{
    private const int Rounds = 3;
    private const int Small = 10_000;
    private const string Exchange = "CustomerFeedback.Benchmarks:Copy";

    public static async Task Run(MeasuredSystem system, int large, CancellationToken ct)
    {
        await Tickets.Drained(system, ct);
        await using var destination = await Destination(system, ct);
        var raw = new RawBroker(system.RawBroker);
        await raw.Run(Small); // warm-up
        await Drain(system, Small, ct);

        var rounds = new List<(double Raw, double Relay)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add((await raw.Run(50_000), await Drain(system, 50_000, ct)));

        var small = new List<double>();
        for (var i = 0; i < Rounds; i++)
            small.Add(await Drain(system, Small, ct));

        var (r, d, s) = (
            Figures.Median(rounds.Select(x => x.Raw)),
            Figures.Median(rounds.Select(x => x.Relay)),
            Figures.Median(small)
        );
        var l = await Drain(system, large, ct);
        Figures.Title($"Outbox relay, one row = one message, {Rounds} rounds in turn, medians");
        Figures.Print("raw broker (quorum queue, window 100)", $"{r:0} /s");
        Figures.Print("relay, backlog of 50,000", $"{d:0} /s", $"{d / r:0.00} x raw (must 0.6, aim 0.8)");
        Figures.Print($"relay, backlog of {Small}", $"{s:0} /s");
        Figures.Print($"relay, backlog of {large}", $"{l:0} /s", $"{l / s:0.00} x the rate at {Small} (must 0.9)");
    }

    /// <summary>Stores that many 600-byte events in one commit and waits until the relay has sent and removed them all.</summary>
    private static async Task<double> Drain(MeasuredSystem system, int rows, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(system.Databases["intake"] + ";Command Timeout=600");
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO messaging.outbox (id, type, body, headers)
            SELECT gen_random_uuid(), $1, $2, '{}' FROM generate_series(1, $3)
            """,
            connection
        );
        insert.Parameters.AddWithValue(Exchange);
        insert.Parameters.AddWithValue(new byte[600]);
        insert.Parameters.AddWithValue(rows);
        await insert.ExecuteNonQueryAsync(ct);

        var clock = Stopwatch.StartNew();
        await using var any = new NpgsqlCommand("SELECT EXISTS (SELECT FROM messaging.outbox)", connection);
        while (await any.ExecuteScalarAsync(ct) is true)
            await Task.Delay(20, ct);

        return rows / clock.Elapsed.TotalSeconds;
    }

    /// <summary>The events need a queue as the baseline has one; nobody reads it.</summary>
    private static async Task<IConnection> Destination(MeasuredSystem system, CancellationToken ct)
    {
        var connection = await new ConnectionFactory { Uri = system.Broker }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        await channel.QueueDeclareAsync(
            Exchange,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: ct
        );
        await channel.QueueBindAsync(Exchange, Exchange, "", cancellationToken: ct);
        return connection;
    }
}
