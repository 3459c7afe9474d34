using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using MassTransit;

namespace CustomerFeedback.Intake.Features.Recovering;

/// <summary>
/// A bad answer becomes a request like any other: by the same queue, with number, class and promises. The response is its natural key,
/// so it is one however often it is asked for.
/// </summary>
internal sealed class OpenRecoveryOnRecoveryRequested(
    IntakeDbContext db,
    AcceptQueue queue,
    BlindIndex index,
    TimeProvider clock
) : IConsumer<RecoveryRequested>
{
    private const int LongestReasons = 500;

    public Task Consume(ConsumeContext<RecoveryRequested> context) =>
        db.HandleOnce(context, ct => Open(context.Message, ct));

    internal async Task<Answer> Open(RecoveryRequested wanted, CancellationToken ct)
    {
        var now = Instants.Truncate(clock.GetUtcNow());
        var request = RequestOf(wanted, now);
        var submission = new Submission(request, RequestForm.ReservedSource, index.Content(request), key: null, now);
        return await queue.Submit(submission, ct) is Outcome.Stored stored
            ? stored.Answer
            : throw new TimeoutException($"The recovery of response {wanted.ResponseId} could not be stored in time.");
    }

    private static IncomingRequest RequestOf(RecoveryRequested wanted, DateTimeOffset now) =>
        new(
            RequestForm.ReservedSource,
            wanted.ResponseId.ToString(),
            Channel.Survey,
            Ours(wanted.Type, RequestType.Complaint),
            Ours(wanted.Urgency, Urgency.Normal),
            wanted.OccurredAt < now ? wanted.OccurredAt : now,
            wanted.Language,
            new(null, null, null, null, null, null, Id: wanted.CustomerId),
            Cut(wanted.Subject, RequestForm.LongestSubject),
            new(Cut(wanted.What, RequestForm.LongestWhat), null, null, null),
            wanted.Product,
            null,
            null,
            null,
            wanted.Region,
            wanted.Store,
            AttributesOf(wanted)
        );

    private static SortedDictionary<string, string> AttributesOf(RecoveryRequested wanted)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["department"] = wanted.Department,
            ["rule"] = $"{wanted.RuleId}@{wanted.RulesVersion}",
            ["reasons"] = Cut(string.Join(", ", wanted.Reasons), LongestReasons),
        };
        if (wanted.Number is { } number)
            attributes["recovery_of"] = number;
        return attributes;
    }

    // A word that a newer Survey knows and we do not becomes the most careful of ours.
    private static T Ours<T>(Enum theirs, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(theirs.ToString(), out var known) ? known : otherwise;

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
