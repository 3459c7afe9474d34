using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class GaugesTests
{
    [Fact]
    public async Task What_waits_is_counted_and_its_age_told()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        await database.Run(
            """
            INSERT INTO messaging.outbox (id, type, body, headers, created_at, lease_epoch)
            VALUES ('00000000-0000-7000-8000-000000000000', 'A:B', '', '{}', now() - interval '1 hour', 0),
                   ('00000000-0000-7000-8000-000000000001', 'A:B', '', '{}', now(), 0);
            INSERT INTO messaging.parked_messages (id, queue, dedupe_key, reason, headers, body, replayed_at)
            VALUES (gen_random_uuid(), 'q', '1', '', '{}', '', NULL), (gen_random_uuid(), 'q', '2', '', '{}', '', now())
            """
        );
        var told = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "CustomerFeedback.Messaging" && instrument.IsObservable)
                l.EnableMeasurementEvents(instrument);
        };
        // Other tests' hosts are in this process too: the oldest and the most are ours.
        listener.SetMeasurementEventCallback<double>(
            (i, v, _, _) => told.AddOrUpdate(i.Name, v, (_, o) => Math.Max(o, v))
        );
        listener.SetMeasurementEventCallback<long>(
            (i, v, _, _) => told.AddOrUpdate(i.Name, v, (_, o) => Math.Max(o, v))
        );
        listener.Start();

        await using var shop = await Shop.Start(database.ConnectionString, TestBroker.Unreachable.Uri, migrate: false);

        await Eventually.That(() =>
        {
            listener.RecordObservableInstruments();
            told["outbox_oldest_age_seconds"].ShouldBeGreaterThanOrEqualTo(3600);
            told["outbox_depth"].ShouldBeGreaterThanOrEqualTo(2);
            told["dead_letters"].ShouldBeGreaterThanOrEqualTo(1);
            return Task.CompletedTask;
        });
    }
}
