using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Survey.Domain.FollowingUp;
using CustomerFeedback.Survey.Features;

namespace CustomerFeedback.Survey.Data;

/// <summary>A customer to be called about one episode of one ticket, from the plan to the last attempt.</summary>
internal sealed class FollowUpRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required int Episode { get; init; }
    public required Guid CustomerId { get; init; }
    public required string QuestionnaireId { get; init; }
    public required string Language { get; init; }
    public FollowUpState State { get; private set; }

    /// <summary>How the last call ended.</summary>
    public FollowUpOutcome? Outcome { get; private set; }

    /// <summary>Why nobody is to call.</summary>
    public string? Reason { get; private set; }

    /// <summary>The ticket as it stood at the resolution, as JSON.</summary>
    public required string Facts { get; init; }
    public string? Team { get; init; }
    public string? Assignee { get; init; }

    /// <summary>Counts its published events.</summary>
    public int EventVersion { get; private set; }
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>By when somebody has tried.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The time that the customer asked for.</summary>
    public DateTimeOffset? CallBackAt { get; private set; }

    /// <summary>A JSON list of <see cref="Attempt"/>s, in order.</summary>
    public string Attempts { get; private set; } = "[]";
    public int AttemptCount { get; private set; }
    public DateTimeOffset? FirstAttemptAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public Guid? ResponseId { get; set; }

    /// <summary>One call.</summary>
    internal sealed record Attempt(DateTimeOffset At, string By, FollowUpOutcome Outcome, DateTimeOffset? CallBackAt);

    public IReadOnlyList<Attempt> Calls() => StoredJson.Read<List<Attempt>>(Attempts);

    /// <summary>Somebody is to call, also where nobody was to for a while.</summary>
    public FollowUpDue Due(DateTimeOffset now)
    {
        (State, Reason, EndedAt) = (FollowUpState.Open, null, null);
        return new(
            Id,
            ++EventVersion,
            QuestionnaireId,
            CustomerId,
            Number,
            Episode,
            DueAt,
            StoredJson.Read<TicketFacts>(Facts),
            now
        );
    }

    /// <summary>Somebody called.</summary>
    /// <param name="attempt">How it went.</param>
    /// <param name="most">So many calls that nobody answered are enough.</param>
    /// <returns><see cref="FollowUpCompleted"/> where the task is over with it, else <see cref="FollowUpAttempted"/>.</returns>
    public object Called(Attempt attempt, int most)
    {
        Attempts = StoredJson.Write<IReadOnlyList<Attempt>>([.. Calls(), attempt]);
        AttemptCount++;
        FirstAttemptAt ??= attempt.At;
        (Outcome, CallBackAt) = (attempt.Outcome, attempt.CallBackAt);
        if (!AttemptRules.Ends(attempt.Outcome, AttemptCount, most))
            return new FollowUpAttempted(
                Id,
                ++EventVersion,
                CustomerId,
                Number,
                Episode,
                AttemptCount,
                attempt.Outcome.To<Contracts.FollowUpOutcome>(),
                attempt.CallBackAt,
                attempt.By,
                attempt.At
            );
        (State, EndedAt) = (FollowUpState.Completed, attempt.At);
        return new FollowUpCompleted(
            Id,
            ++EventVersion,
            QuestionnaireId,
            CustomerId,
            Number,
            Episode,
            AttemptCount,
            attempt.Outcome.To<Contracts.FollowUpOutcome>(),
            ResponseId,
            attempt.By,
            attempt.At
        );
    }

    /// <summary>Nobody is to call.</summary>
    public FollowUpCancelled Cancel(string reason, DateTimeOffset now)
    {
        (State, Reason, EndedAt) = (FollowUpState.Cancelled, reason, now);
        return new(Id, ++EventVersion, CustomerId, Number, Episode, reason, now);
    }
}
