using System.Diagnostics;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>A request on its way into the database, and the client that waits for the outcome.</summary>
internal sealed class Submission(
    IncomingRequest request,
    string client,
    byte[] contentHash,
    IdempotencyKey? key,
    DateTimeOffset arrivedAt
)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;

    private readonly TaskCompletionSource<Outcome> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state = Waiting;

    public IncomingRequest Request => request;

    /// <summary>The <c>sub</c> of the token: who owns the natural key.</summary>
    public string Client => client;

    public byte[] ContentHash => contentHash;

    public IdempotencyKey? Key => key;

    /// <summary>The number it is to have; null for the next one.</summary>
    public string? Number { get; init; }

    public DateTimeOffset ArrivedAt => arrivedAt;

    /// <summary>The trace that the request belongs to; its event continues it.</summary>
    public Activity? Trace { get; } = Activity.Current;

    public NaturalKey? NaturalKey =>
        request.ExternalId is { } externalId ? new(client, request.Source, externalId) : null;

    public Task<Outcome> Outcome => answered.Task;

    /// <summary>A writer takes it; false when nobody waits for it any more.</summary>
    public bool Take() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    /// <summary>The client no longer waits; true when no writer had taken it, so that it is certain not to be stored.</summary>
    public bool Abandon() => Interlocked.CompareExchange(ref state, Abandoned, Waiting) == Waiting;

    public void Answer(Outcome outcome) => answered.TrySetResult(outcome);

    public void Fail(Exception cause) => answered.TrySetException(cause);
}

/// <summary>What became of a submission.</summary>
internal abstract record Outcome
{
    /// <summary>A new request; or, under its natural key, one that was here already.</summary>
    public sealed record Stored(Answer Answer) : Outcome;

    /// <summary>The idempotency key was used before: the first answer again, or a refusal where the content is another.</summary>
    public sealed record Used(StoredAnswer First) : Outcome;

    /// <summary>The idempotency key is being used at this moment.</summary>
    public sealed record InFlight : Outcome;

    /// <summary>The database did not answer; nothing is known to be stored.</summary>
    public sealed record Unavailable : Outcome;
}

/// <summary>An answer as it goes over the wire.</summary>
internal sealed record Answer(int Status, string Location, byte[] Body)
{
    public const string ContentType = "application/json; charset=utf-8";
}
