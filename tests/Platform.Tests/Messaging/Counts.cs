using System.Diagnostics.Metrics;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>What a counter of messaging has counted since: the proof that a fault was felt.</summary>
internal sealed class Counts : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sum;

    public Counts(string instrument)
    {
        _listener.InstrumentPublished = (found, listener) =>
        {
            if (found.Meter.Name == "CustomerFeedback.Messaging" && found.Name == instrument)
                listener.EnableMeasurementEvents(found);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _sum, value));
        _listener.Start();
    }

    public long Sum => Interlocked.Read(ref _sum);

    public void Dispose() => _listener.Dispose();
}

/// <summary>Short cuts to the tables.</summary>
internal static class Tables
{
    /// <summary>Everything announced has left.</summary>
    public static Task Drained(this TestDatabase database) =>
        Eventually.That(
            async () => (await database.Scalar<long>("SELECT count(*) FROM messaging.outbox")).ShouldBe(0),
            TimeSpan.FromSeconds(60)
        );

    public static async Task<T> Scalar<T>(this TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task Run(this TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Events stored as a hot path does.</summary>
    public static async Task Store(this NpgsqlConnection connection, IEnumerable<int> numbers)
    {
        var rows = numbers.Select(n => OutboxRow.For(new OrderPlaced(n), $"order-{n}")).ToList();
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(OutboxRow.InsertSql, connection);
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.Id).ToArray() });
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.Type).ToArray() });
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.Body).ToArray() });
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.Headers).ToArray() });
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.Subject!).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<string>> Texts(this TestDatabase<ShopDbContext> database)
    {
        await using var db = database.Context();
        return await db.Notes.Select(n => n.Text).ToListAsync();
    }
}
