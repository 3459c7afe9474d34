using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using MassTransit;

namespace CustomerFeedback.Intake.Features.Splitting;

/// <summary>
/// A part of a ticket becomes a request like any other: by the same queue, with class and promises, under the number that it was given.
/// The split is its natural key, so it is one however often it is asked for.
/// </summary>
internal sealed class OpenSplitOnTicketSplit(
    IntakeDbContext db,
    AcceptQueue queue,
    BlindIndex index,
    TimeProvider clock
) : IConsumer<TicketSplit>
{
    public Task Consume(ConsumeContext<TicketSplit> context) => db.HandleOnce(context, ct => Open(context.Message, ct));

    internal async Task<Answer> Open(TicketSplit split, CancellationToken ct)
    {
        var now = Instants.Truncate(clock.GetUtcNow());
        var request = RequestOf(split, now);
        // Whoever brought the first request owns the part too, and sees it.
        var submission = new Submission(request, split.RecordedBy, index.Content(request), key: null, now)
        {
            Number = split.SplitNumber,
        };
        return await queue.Submit(submission, ct) is Outcome.Stored stored
            ? stored.Answer
            : throw new TimeoutException($"The split {split.SplitNumber} could not be stored in time.");
    }

    private static IncomingRequest RequestOf(TicketSplit split, DateTimeOffset now) =>
        new(
            RequestForm.SplitSource,
            split.SplitId.ToString(),
            Ours(split.Channel, Channel.Api),
            Ours(split.Type, RequestType.Complaint),
            Ours(split.Urgency, Urgency.Normal),
            split.ReceivedAt < now ? split.ReceivedAt : now,
            split.Language,
            new(null, null, null, null, null, null, Id: split.CustomerId),
            split.Subject,
            new(split.Description.What, split.Description.When, split.Description.Where, split.Description.Expectation),
            split.Product,
            split.ProductVersion,
            split.OrderRef,
            split.ServiceStage is { } stage ? Ours(stage, ServiceStage.AfterSale) : null,
            split.Region,
            split.Store,
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["split_from"] = split.Number }
        );

    // A word that a newer Ticketing knows and we do not becomes the most careful of ours.
    private static T Ours<T>(Enum theirs, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(theirs.ToString(), out var known) ? known : otherwise;
}
