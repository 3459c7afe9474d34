using CustomerFeedback.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class RetentionTests
{
    [Fact]
    public async Task What_is_past_its_time_goes_and_the_rest_stays()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await database.Run(
            """
            INSERT INTO messaging.inbox (message_id, consumer, handled_at)
            SELECT gen_random_uuid(), 'old', '2026-01-30Z'::timestamptz FROM generate_series(1, 6000)
            UNION ALL SELECT gen_random_uuid(), 'young', '2026-02-02Z';
            INSERT INTO messaging.idempotency_keys (id, request_hash, status, headers, body, created_at)
            VALUES ('\x01', '', 201, '{}', '', '2026-02-27Z'), ('\x02', '', 201, '{}', '', '2026-03-01Z');
            INSERT INTO messaging.parked_messages (id, queue, dedupe_key, reason, headers, body, replayed_at)
            VALUES (gen_random_uuid(), 'replayed long ago', '', '', '{}', '', '2026-01-01Z'),
                   (gen_random_uuid(), 'replayed lately', '', '', '{}', '', '2026-03-01Z'),
                   (gen_random_uuid(), 'waiting', '', '', '{}', '', NULL)
            """
        );
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

        await using var shop = await Shop.Start(
            database.ConnectionString,
            TestBroker.Unreachable.Uri,
            more: builder => builder.Services.AddSingleton<TimeProvider>(clock),
            migrate: false
        );

        await Eventually.That(async () =>
            (await database.Scalar<string>("SELECT string_agg(consumer, ',') FROM messaging.inbox")).ShouldBe("young")
        );
        await Eventually.That(async () =>
            (await database.Scalar<byte[]>("SELECT string_agg(id, '') FROM messaging.idempotency_keys")).ShouldBe([2])
        );
        await Eventually.That(async () =>
            (
                await database.Scalar<string>(
                    "SELECT string_agg(queue, ',' ORDER BY queue) FROM messaging.parked_messages"
                )
            ).ShouldBe("replayed lately,waiting")
        );
        clock.Advance(TimeSpan.FromDays(31));
        await Eventually.That(async () =>
        {
            clock.Advance(TimeSpan.FromHours(1)); // again and again: the sweep may not have lain down yet when the month passed
            (await database.Scalar<string>("SELECT string_agg(queue, ',') FROM messaging.parked_messages")).ShouldBe(
                "waiting"
            );
        });
    }
}
