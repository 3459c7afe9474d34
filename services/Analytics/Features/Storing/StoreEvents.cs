using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>Every event of every service, from one queue, in batches: stored once, and visible in the numbers when it is.</summary>
internal sealed class StoreEvents(Projector projector, ProjectionLag lag) : IEnvelopeConsumer
{
    public async Task<int> Consume(IReadOnlyList<Envelope> batch, CancellationToken ct)
    {
        var events = batch.DistinctBy(envelope => envelope.Id).Select(ReadEvent.From).ToList();
        var fresh = await projector.Store(events, ct);
        lag.Stored(events.Max(told => told.OccurredAt));
        return fresh;
    }
}
