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
