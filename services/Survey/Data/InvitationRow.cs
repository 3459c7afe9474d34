using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Survey.Domain.Inviting;

namespace CustomerFeedback.Survey.Data;

/// <summary>One customer asked about one episode of one ticket, from the plan to the answer.</summary>
internal sealed class InvitationRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required int Episode { get; init; }
    public required Guid CustomerId { get; init; }
    public required string QuestionnaireId { get; init; }

    /// <summary>The version that is asked, from the moment of sending.</summary>
    public int QuestionnaireVersion { get; set; }
    public Channel? Channel { get; set; }
    public required string Language { get; set; }
    public InvitationState State { get; set; }
    public string? Reason { get; set; }
    public required bool HumanContact { get; init; }

    /// <summary>The ticket as it stood at the confirmation, as JSON.</summary>
    public required string Facts { get; init; }
    public string? Team { get; init; }
    public string? Assignee { get; init; }

    /// <summary>The client that brought the request; null where the event did not say.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>Who sent it by hand; null for the trigger.</summary>
    public string? SentBy { get; set; }

    /// <summary>Counts its published events.</summary>
    public int EventVersion { get; set; }
    public required DateTimeOffset PlannedAt { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>What anybody is told: an unanswered link whose time is over has expired.</summary>
    public InvitationState StateAt(DateTimeOffset now) =>
        State is InvitationState.Sent or InvitationState.Opened && ExpiresAt <= now ? InvitationState.Expired : State;

    public TicketFacts TicketFacts() => StoredJson.Read<TicketFacts>(Facts);

    /// <summary>The customer is asked.</summary>
    public SurveyInvited Send(Channel channel, int version, string language, TimeSpan lifetime, DateTimeOffset now)
    {
        (State, Reason, Channel, QuestionnaireVersion, Language) = (
            InvitationState.Sent,
            null,
            channel,
            version,
            language
        );
        (SentAt, ExpiresAt) = (now, now + lifetime);
        return new(
            Id,
            ++EventVersion,
            QuestionnaireId,
            version,
            CustomerId,
            Number,
            Episode,
            channel,
            language,
            TicketFacts(),
            ExpiresAt.Value,
            now
        );
    }

    /// <summary>The customer is not asked, and why.</summary>
    public SurveyInvitationSuppressed Suppress(string reason, DateTimeOffset now)
    {
        (State, Reason) = (InvitationState.Suppressed, reason);
        return new(Id, ++EventVersion, QuestionnaireId, CustomerId, Number, Episode, reason, now);
    }

    /// <summary>Nobody has answered, and nobody shall.</summary>
    public SurveyInvitationCancelled Cancel(string reason, DateTimeOffset now)
    {
        (State, Reason) = (InvitationState.Cancelled, reason);
        return new(Id, ++EventVersion, QuestionnaireId, CustomerId, Number, Episode, reason, now);
    }
}

/// <summary>What is known of a ticket here: its newest episode, and whether it is over. Its row lock puts confirmation and reopening in an order.</summary>
internal sealed class TicketRow
{
    public required string Number { get; init; }
    public int Episode { get; init; }
    public bool Cancelled { get; init; }

    /// <summary>The ticket's version at the newest news of what kind it was when it was resolved: what is older and comes later says nothing new.</summary>
    public int KindVersion { get; init; }

    /// <summary>The episode is not the one that counts any more.</summary>
    public bool IsPast(int episode) => Cancelled || Episode > episode;
}

/// <summary>What others may know of a customer, as Intake tells it; the newest version wins.</summary>
internal sealed class CustomerRow
{
    public required Guid CustomerId { get; init; }
    public required int Version { get; init; }
    public string? ExternalId { get; init; }
    public required string Language { get; init; }
    public required string Segment { get; init; }
    public Channel? PreferredChannel { get; init; }
    public bool Phone { get; init; }
    public bool Email { get; init; }
    public bool Wechat { get; init; }
    public bool App { get; init; }

    /// <summary>A JSON list of wishes; null while nobody has told any.</summary>
    public string? DoNotContact { get; init; }
}
