namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>What a command or an event means for the clocks; see the columns "Starts" and "Met by" of the product's clock table.</summary>
/// <remarks>Several may happen in one command (contact and pause): apply them one after the other, at the same instant.</remarks>
internal abstract record ClockMove
{
    private ClockMove() { }

    /// <summary>Who did it, for the explanation; null for the system.</summary>
    public string? By { get; init; }

    /// <summary>The ticket is opened: the clocks run since <see cref="SlaFacts.EpisodeStartedAt"/>, which may be long ago.</summary>
    public sealed record Opened : ClockMove;

    /// <summary>A human reached the customer (an attempt without success is no move).</summary>
    public sealed record ContactReached : ClockMove;

    /// <summary>A handling opinion was given to the customer; also a human update.</summary>
    public sealed record HandlingOpinion : ClockMove;

    /// <summary>A plan was given to the customer; also a human update.</summary>
    public sealed record PlanGiven : ClockMove;

    /// <summary>An answer was given to the customer; also a human update.</summary>
    public sealed record AnswerGiven : ClockMove;

    /// <summary>Progress was shared with the customer.</summary>
    public sealed record HumanUpdate(DateTimeOffset? NewEstimate = null) : ClockMove;

    public sealed record Paused(PauseReason Reason) : ClockMove;

    /// <summary>The ticket waits no longer.</summary>
    /// <param name="Because">As <c>the customer wrote</c>; null where a person resumed it.</param>
    public sealed record Resumed(string? Because = null) : ClockMove;

    public sealed record Resolved : ClockMove;

    /// <summary>The customer's last word, or silence.</summary>
    /// <param name="SurveyDue">False after silence without a human contact.</param>
    public sealed record Confirmed(bool SurveyDue) : ClockMove;

    /// <summary>A new episode: the facts carry its number and instant.</summary>
    public sealed record Reopened : ClockMove;

    /// <summary>The ticket is cancelled.</summary>
    /// <param name="Reason">The stable word that the clocks' events carry: <c>merged</c>, <c>spam</c>, <c>duplicate</c>.</param>
    public sealed record Cancelled(string Reason) : ClockMove;

    /// <summary>Urgency, category, level, complexity or another fact that policies match on was changed.</summary>
    public sealed record FactsChanged : ClockMove;

    /// <summary>Somebody decided that clocks of older versions are held to the present ones.</summary>
    public sealed record Rebased(RebaseScope Scope) : ClockMove;

    /// <summary>Another department was asked: a clock per form, due when the answer is needed.</summary>
    public sealed record CollaborationAsked(Guid Form, DateTimeOffset AnswerBy) : ClockMove;

    public sealed record CollaborationAnswered(Guid Form) : ClockMove;

    /// <summary>Somebody has taken notice of what these clocks escalated: they climb no further.</summary>
    public sealed record Acknowledged(IReadOnlyList<Guid> Instances) : ClockMove;

    /// <summary>What one clock waits for has happened: people are gathered, an invitation was sent, a follow-up is done.</summary>
    /// <param name="Episode">Whose clock; null for the one that was under way then. An answer to an earlier episode may come late.</param>
    public sealed record Fulfilled(ClockName Clock, ClockMark? Mark = null, int? Episode = null) : ClockMove;

    /// <summary>What one clock waits for will not happen: an invitation was suppressed, the customer is not to be contacted.</summary>
    /// <param name="Episode">Whose clock; null for whichever is open.</param>
    public sealed record Dropped(ClockName Clock, string Reason, int? Episode = null) : ClockMove;
}
