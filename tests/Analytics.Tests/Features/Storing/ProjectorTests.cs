using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Storing;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Tests.Features.Storing;

/// <summary>Whatever the order, however often: the same facts; and rollups that are the sum of the facts.</summary>
public sealed class ProjectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Shuffled_repeated_and_cut_into_any_batches_the_events_give_the_same_facts(int seed)
    {
        Envelope[] events = [.. new Stories(seed).Tell(40).Select(Stories.Of)];
        await using var told = await TestDatabase.For<AnalyticsDbContext>();
        (await told.Keep(events)).ShouldBe(events.Length);

        await using var shuffled = await TestDatabase.For<AnalyticsDbContext>();
        var random = new Random(seed);
        Envelope[] deliveries = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(deliveries);
        var fresh = 0;
        for (var at = 0; at < deliveries.Length; )
        {
            var size = random.Next(1, 120);
            fresh += await shuffled.Keep(deliveries.Skip(at).Take(size));
            at += size;
        }

        fresh.ShouldBe(events.Length);
        (await shuffled.Everything()).ShouldBe(await told.Everything());
        (await shuffled.Rollups()).ShouldBe(await shuffled.Recomputed());
        (await told.Rollups()).ShouldBe(await told.Recomputed());
    }

    [Fact]
    public async Task Who_waits_for_another_writer_waits_as_long_as_that_takes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var rebuild = database.Context();
        await using var comparing = await rebuild.Database.BeginTransactionAsync(ct);
        await rebuild.Lock(ct);

        await using var db = database.Context();
        db.Database.SetCommandTimeout(TimeSpan.FromSeconds(1));
        using var lag = new ProjectionLag(new Backlog(TimeProvider.System), TimeProvider.System);
        Envelope[] events = [.. new Stories(5).Tell(1).Select(Stories.Of)];
        var storing = new StoreEvents(Store.Projector(db), lag).Consume(events, ct);
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        await comparing.RollbackAsync(ct);

        (await storing).ShouldBe(events.Length);
    }

    [Fact]
    public async Task The_rollups_agree_with_plain_sql_over_the_facts()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await database.Keep(new Stories(4).Tell(60).Select(Stories.Of));
        const string differences = """
            WITH kept AS (SELECT measure, key, bin, n, sum FROM facts.rollups WHERE view = 'channel' AND grain = 'all' AND n <> 0),
            counted AS (
                SELECT 'responses' AS measure, coalesce(channel, '') AS key, 0 AS bin, count(*) AS n, 0::numeric AS sum FROM facts.response_facts WHERE counted GROUP BY 2
                UNION ALL SELECT 'nps', coalesce(channel, ''), nps, count(*), sum(nps) FROM facts.response_facts WHERE counted AND nps IS NOT NULL GROUP BY 2, 3
                UNION ALL SELECT 'csi', coalesce(channel, ''), floor(csi / 5)::int, count(*), sum(round(csi::numeric, 4)) FROM facts.response_facts WHERE counted AND csi IS NOT NULL GROUP BY 2, 3
                UNION ALL SELECT 'score:' || dimension || '@' || scale, coalesce(channel, ''), round(score)::int, count(*), sum(score)::numeric
                    FROM facts.response_scores JOIN facts.response_facts USING (response_id, submitted_at) WHERE counted GROUP BY 1, 2, 3
                UNION ALL SELECT 'clock:' || clock, coalesce(channel, ''), CASE WHEN state = 'cancelled' THEN 3 WHEN breached THEN 2 WHEN state = 'met' THEN 1 ELSE 4 END,
                    count(*), sum(consumed_seconds)::numeric FROM facts.clock_facts GROUP BY 1, 2, 3
                UNION ALL SELECT 'tickets', coalesce(channel, ''), CASE status WHEN 'resolved' THEN 2 WHEN 'closed' THEN 3 WHEN 'cancelled' THEN 4 ELSE 1 END, count(*), 0 FROM facts.ticket_facts GROUP BY 2, 3
                UNION ALL SELECT 'resolution', coalesce(channel, ''), CASE WHEN resolution_seconds < 1 THEN 0 ELSE 1 + floor(ln(resolution_seconds) / ln(1.02)) END::int,
                    count(*), sum(round(resolution_seconds::numeric, 4)) FROM facts.ticket_facts WHERE resolution_seconds IS NOT NULL AND status <> 'cancelled' GROUP BY 2, 3
            )
            SELECT count(*)::int AS "Value" FROM (
                (SELECT * FROM counted EXCEPT SELECT * FROM kept) UNION ALL
                (SELECT * FROM kept WHERE measure IN (SELECT measure FROM counted) EXCEPT SELECT * FROM counted)) AS difference
            """;
        (await database.Scalar<int>(differences)).ShouldBe(0);
        const string grains = """
            SELECT count(*)::int AS "Value" FROM (SELECT view, measure, key, bin, sum(n) FILTER (WHERE grain = 'day') d, sum(n) FILTER (WHERE grain = 'month') m,
                sum(n) FILTER (WHERE grain = 'all') a FROM facts.rollups GROUP BY 1, 2, 3, 4) AS s WHERE d <> m OR d <> a
            """;
        (await database.Scalar<int>(grains)).ShouldBe(0);
        const string views = """
            SELECT count(DISTINCT total)::int AS "Value" FROM (SELECT view, sum(n) AS total FROM facts.rollups WHERE grain = 'all' AND measure = 'tickets' GROUP BY view) AS s
            """;
        (await database.Scalar<int>(views)).ShouldBe(1);
    }

    [Fact]
    public async Task A_late_event_is_a_correction()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        List<object> events = [.. new Stories(5).Tell(12)];
        var told = events.OfType<TicketClassified>().GroupBy(e => e.Number).First(of => of.Count() == 1).Single();
        var late = told with { Facts = told.Facts with { Urgency = Contracts.Urgency.Critical } };
        events.Remove(told);
        await database.Keep(events.Select(Stories.Of));
        (await Urgency()).ShouldNotBe("critical");
        await database.Keep([Stories.Of(late)]);
        (await Urgency()).ShouldBe("critical");
        (await database.Rollups()).ShouldBe(await database.Recomputed());

        Task<string> Urgency() =>
            database.Scalar<string>(
                $"SELECT urgency AS \"Value\" FROM facts.ticket_facts WHERE number = '{late.Number}'"
            );
    }

    [Fact]
    public async Task A_response_of_a_store_link_belongs_to_no_ticket_and_counts_once()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        var response = new Stories(6).Response(
            Guid.CreateVersion7(),
            null,
            null,
            null,
            null,
            null,
            new DateTimeOffset(2026, 3, 31, 16, 30, 0, TimeSpan.Zero)
        ) with
        {
            Store = "SH-01",
            Flags = [],
            Pilot = false,
        };
        await database.Keep([Stories.Of(response), Stories.Of(response)]); // two message ids, one response
        var rollup = await database.Rollups();
        rollup.Where(r => r is { View: "store", Measure: "responses" }).ShouldAllBe(r => r.N == 1 && r.Key == "SH-01");
        // Half past midnight of the first of April in Shanghai.
        rollup
            .Single(r => r is { View: "", Grain: "day", Measure: "responses" })
            .Bucket.ShouldBe(new DateOnly(2026, 4, 1));
        (await database.Rollups()).ShouldBe(await database.Recomputed());
    }

    [Fact]
    public async Task Two_writers_at_once_lose_nothing_and_do_not_block_each_other_for_good()
    {
        Envelope[] events = [.. new Stories(7).Tell(60).Select(Stories.Of)];
        new Random(7).Shuffle(events);
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        // Each has all of them, in an order of its own: they meet in every thread.
        await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        var mine = events.ToArray();
                        new Random(writer).Shuffle(mine);
                        foreach (var batch in mine.Chunk(50))
                            await database.Keep(batch);
                    })
                )
        );
        await using var alone = await TestDatabase.For<AnalyticsDbContext>();
        await alone.Keep(events);
        (await database.Everything()).ShouldBe(await alone.Everything());
    }

    [Fact]
    public async Task The_events_of_a_later_version_are_kept_and_do_no_harm()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        var unknown = new Envelope(
            Guid.CreateVersion7(),
            "CustomerFeedback.Contracts.Survey:SuggestionDecided",
            """{"suggestionId":"x","number":"R26-1","verdict":"adopted"}"""u8.ToArray()
        );
        (await database.Keep([unknown])).ShouldBe(1);
        (await database.Keep([unknown])).ShouldBe(0);
        (
            await database.Scalar<string>("SELECT type || thread || (body ->> 'verdict') AS \"Value\" FROM events")
        ).ShouldBe("SuggestionDecidedR26-1adopted");
        (await database.Everything()).ShouldBeEmpty();
    }
}
