using System.Net.Sockets;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class OutageTests
{
    private static NpgsqlException Unreachable() => new("Failed to connect", new SocketException(111));

    private static PostgresException Answered(string state) =>
        new("the database system is shutting down", "FATAL", "FATAL", state);

    public static TheoryData<string, bool> States =>
        new()
        {
            { PostgresErrorCodes.CannotConnectNow, true },
            { PostgresErrorCodes.CrashShutdown, true },
            { PostgresErrorCodes.AdminShutdown, true },
            { PostgresErrorCodes.ConnectionFailure, true },
            { PostgresErrorCodes.TooManyConnections, true },
            { PostgresErrorCodes.DiskFull, true },
            { PostgresErrorCodes.OutOfMemory, true },
            { PostgresErrorCodes.ReadOnlySqlTransaction, true },
            { PostgresErrorCodes.DeadlockDetected, false },
            { PostgresErrorCodes.UniqueViolation, false },
            { PostgresErrorCodes.UndefinedColumn, false },
        };

    [Theory]
    [MemberData(nameof(States))]
    public void A_database_that_answers_so_is_away(string state, bool away) =>
        Outage.IsCauseOf(Answered(state)).ShouldBe(away);

    [Fact]
    public void It_is_found_inside_of_what_others_put_around_it()
    {
        Outage.IsCauseOf(Unreachable()).ShouldBeTrue();
        Outage.IsCauseOf(new InvalidOperationException("transient failure", Unreachable())).ShouldBeTrue();
        Outage.IsCauseOf(new AggregateException(new FormatException(), Unreachable())).ShouldBeTrue();

        Outage.IsCauseOf(new FormatException()).ShouldBeFalse();
        Outage.IsCauseOf(new NpgsqlException("took too long", new TimeoutException())).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_answers_nobody_is_away_and_one_that_takes_its_time_is_not()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            CommandTimeout = 1,
            Pooling = false,
        };
        await using var door = new Door(address.Host!, address.Port);
        door.Shut();
        door.Open();
        (address.Host, address.Port) = ("127.0.0.1", door.Port);

        var slow = await Should.ThrowAsync<NpgsqlException>(() => Asked());
        slow.InnerException.ShouldBeOfType<TimeoutException>();
        Outage.IsCauseOf(slow).ShouldBeFalse();

        var asked = Asked();
        door.Swallow();
        Outage.IsCauseOf(await Should.ThrowAsync<Exception>(() => asked)).ShouldBeTrue();

        Task<int> Asked() =>
            Outage.Ask(
                address.ConnectionString,
                async () =>
                {
                    await using var connection = new NpgsqlConnection(address.ConnectionString);
                    await connection.OpenAsync();
                    await using var command = new NpgsqlCommand("SELECT pg_sleep(3)", connection);
                    return await command.ExecuteNonQueryAsync();
                }
            );
    }

    [Fact]
    public async Task A_host_that_is_gone_without_a_word_holds_nothing_for_long()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        var servers = new ConnectionOptions { Database = database.ConnectionString + ";Options=-c jit=off" };
        await using var connection = new NpgsqlConnection(servers.Address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name LIKE 'tcp_keepalives%' OR name = 'jit'",
            connection
        );
        (await command.ExecuteScalarAsync()).ShouldBe("off 3 10 5", "jit, and then count, idle and interval");
    }

    [Fact]
    public async Task Messages_wait_for_the_database_longer_than_any_other_failure_is_borne()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        var broker = await TestBroker.Claim();
        var away = new Away();
        await using var shop = await Shop.Start(
            database.ConnectionString,
            broker.Uri,
            consumers => consumers.Consume<AwaitOnOrderPlaced, OrderPlaced>(),
            builder => builder.Services.AddSingleton(away)
        );

        await shop.Place(1);

        // More tries than a failing message gets, each of them a second after the one before.
        await Eventually.That(() => away.Tries > 7);
        (await database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages")).ShouldBe(0);
        away.IsOver = true;
        await Eventually.That(async () => (await database.Texts()).ShouldBe(["order 1"]));
        (await database.Scalar<long>("SELECT count(*) FROM messaging.parked_messages")).ShouldBe(0);
    }

    internal sealed class Away
    {
        public int Tries;
        public volatile bool IsOver;
    }

    internal sealed class AwaitOnOrderPlaced(ShopDbContext db, Away away) : IConsumer<OrderPlaced>
    {
        public Task Consume(ConsumeContext<OrderPlaced> context) =>
            db.HandleOnce(
                context,
                _ =>
                {
                    Interlocked.Increment(ref away.Tries);
                    if (!away.IsOver)
                        throw new InvalidOperationException("transient failure", Unreachable());

                    db.Notes.Add(new Note { Text = $"order {context.Message.Number}" });
                    return Task.CompletedTask;
                }
            );
    }
}
