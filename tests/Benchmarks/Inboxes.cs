using System.Diagnostics;
using System.Text;
using CustomerFeedback.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Benchmarks;

/// <summary>Consumers that write a row per message, with the inbox and without, one message at a time and in batches, in turn.</summary>
internal static class Inboxes
{
    private const int Messages = 10_000;
    private const int Rounds = 3;
    private static readonly string Text = new('x', 400);

    public static async Task Run(MeasuredSystem system, CancellationToken ct)
    {
        var database = await Database(system, ct);
        using var host = await Consuming(database, system.RawBroker, ct);
        await using var source = NpgsqlDataSource.Create(database);
        await using var connection = await new ConnectionFactory { Uri = system.RawBroker }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        foreach (var queue in (string[])["keep-single", "note-single", "keep-batch", "note-batch"])
        {
            while (!await IsConsumed(connection, $"bench-{queue}", ct)) // the bus comes up by itself
                await Task.Delay(100, ct);
        }

        Type[] events = [typeof(SingleKept), typeof(SingleNoted), typeof(BatchKept), typeof(BatchNoted)];
        var rates = events.ToDictionary(one => one, _ => new List<double>());
        for (var round = 0; round <= Rounds; round++) // the first one warms up
            foreach (var one in events)
            {
                var rate = await Rate(source, channel, one, ct);
                if (round > 0)
                    rates[one].Add(rate);
            }

        await host.StopAsync(ct);
        Figures.Title($"Consumers that write a row, {Messages} messages, {Rounds} rounds in turn, medians");
        Print("one at a time", typeof(SingleKept), typeof(SingleNoted));
        Print("in batches", typeof(BatchKept), typeof(BatchNoted));

        void Print(string how, Type without, Type with)
        {
            var (w, o) = (Figures.Median(rates[with]), Figures.Median(rates[without]));
            Figures.Print($"{how}, without inbox", $"{o:0} /s");
            Figures.Print(
                $"{how}, with inbox",
                $"{w:0} /s",
                $"{w / o:0.00} x without: {Verdict.Least(0.8, 0.9).Of(w / o)}"
            );
        }
    }

    private static async Task<double> Rate(NpgsqlDataSource source, IChannel channel, Type one, CancellationToken ct)
    {
        await using (var empty = source.CreateCommand("TRUNCATE notes"))
            await empty.ExecuteNonQueryAsync(ct);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Messages; i++)
        {
            var id = Guid.CreateVersion7();
            var body = Encoding.UTF8.GetBytes(
                $$$"""{"messageId":"{{{id}}}","messageType":["urn:message:{{{one.Namespace}}}:{{{one.Name}}}"],"message":{"id":"{{{id}}}","text":"{{{Text}}}"}}"""
            );
            var properties = new BasicProperties
            {
                ContentType = "application/vnd.masstransit+json",
                MessageId = $"{id}",
                Persistent = true,
            };
            await channel.BasicPublishAsync($"{one.Namespace}:{one.Name}", "", mandatory: true, properties, body, ct);
        }

        await using var count = source.CreateCommand("SELECT count(*) FROM notes");
        while (await count.ExecuteScalarAsync(ct) is long and < Messages)
            await Task.Delay(20, ct);
        return Messages / clock.Elapsed.TotalSeconds;
    }

    private static async Task<string> Database(MeasuredSystem system, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(system.Postgres);
        await using var create = source.CreateCommand("CREATE DATABASE bench_notes");
        await create.ExecuteNonQueryAsync(ct);
        return new NpgsqlConnectionStringBuilder(system.Postgres) { Database = "bench_notes" }.ConnectionString;
    }

    private static async Task<IHost> Consuming(string database, Uri broker, CancellationToken ct)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:Database"] = database,
                ["ConnectionStrings:Broker"] = broker.ToString(),
            }
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddServiceDatabase<NotesDbContext>();
        builder.AddMessaging<NotesDbContext>(
            "bench",
            [],
            consumers =>
                consumers
                    .Consume<KeepSingle, SingleKept>()
                    .Consume<NoteSingle, SingleNoted>()
                    .ConsumeBatch<KeepBatch, BatchKept>()
                    .ConsumeBatch<NoteBatch, BatchNoted>()
        );
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<NotesDbContext>().Database.EnsureCreatedAsync(ct);
        await host.StartAsync(ct);
        return host;
    }

    private static async Task<bool> IsConsumed(IConnection connection, string queue, CancellationToken ct)
    {
        // A channel of its own: asking for a queue that is not there yet closes it.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return await channel.ConsumerCountAsync(queue, ct) > 0;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }
}
