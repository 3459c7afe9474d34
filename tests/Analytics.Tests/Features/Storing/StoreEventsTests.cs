using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Analytics.Tests.Features.Storing;

/// <summary>The store on a real broker, with two replicas.</summary>
public sealed class StoreEventsTests
{
    private static readonly TimeSpan Healing = TimeSpan.FromSeconds(240);

    [Fact]
    public async Task Repeated_and_shuffled_over_the_broker_to_two_replicas_each_event_is_kept_once_and_a_bad_one_is_parked()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        var broker = await TestBroker.Claim();
        await using var first = new ServiceHost<AnalyticsDbContext>(database, broker);
        await using var second = new ServiceHost<AnalyticsDbContext>(database, broker);
        (first.Client(), second.Client()).ShouldNotBe(default);
        object[] events = [.. new Stories(31).Tell(40)];
        OutboxRow[] rows = [.. events.Select(message => OutboxRow.For(message))];
        // A letter that PostgreSQL cannot keep.
        var bad = OutboxRow.For(events.OfType<RequestReceived>().First() with { Number = "R26-bad", Subject = "\0" });
        OutboxRow[] again = [.. rows.Where((_, at) => at % 3 == 0)];
        new Random(31).Shuffle(rows);

        foreach (
            var sent in (OutboxRow[][])
                [
                    [.. rows, bad],
                    again,
                ]
        )
        {
            // The queue must be there, or the relay finds nobody to bring them to; it tries again.
            await using var db = database.Context();
            db.AddRange(sent);
            await db.SaveChangesAsync();
            first.Services.GetRequiredService<RelaySignal>().Wake();
            await Eventually.That(async () => (await Count(database, "messaging.outbox")).ShouldBe(0), Healing);
        }

        await Eventually.That(async () => (await Count(database, "events")).ShouldBe(rows.Length), Healing);
        await Eventually.That(async () => (await Count(database, "messaging.parked_messages")).ShouldBe(1), Healing);
        await using var alone = await TestDatabase.For<AnalyticsDbContext>();
        await alone.Keep(events.Select(Stories.Of));
        await Eventually.That(async () => (await database.Everything()).ShouldBe(await alone.Everything()), Healing);
        (await database.Rollups()).ShouldBe(await database.Recomputed());
        // Nobody waits any more.
        await Eventually.That(
            () => first.Services.GetRequiredService<Backlog>().Of("analytics-store-events") == 0,
            Healing
        );
    }

    private static Task<int> Count(TestDatabase<AnalyticsDbContext> database, string table) =>
        database.Scalar<int>($"SELECT count(*)::int AS \"Value\" FROM {table}");
}
