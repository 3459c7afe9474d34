using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>Every event of every service, from one queue, in batches: stored once, and visible in the numbers when it is.</summary>
internal sealed class StoreEvents(Projector projector) : IEnvelopeConsumer
{
    public Task<int> Consume(IReadOnlyList<Envelope> batch, CancellationToken ct) =>
        projector.Store([.. batch.DistinctBy(envelope => envelope.Id).Select(ReadEvent.From)], ct);
}
