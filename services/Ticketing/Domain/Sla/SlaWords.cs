using System.Collections.Frozen;
using System.Text.Json;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>The promises that are measured. On the wire and in policies: <c>first_contact</c>.</summary>
internal enum ClockName
{
    FirstContact,
    EmergencyMobilisation,
    SolutionPlan,
    ComplaintResponse,
    ProgressUpdate,
    Collaboration,
    Resolution,
    SurveyDispatch,
    ComplaintFollowUp,
    FeedbackFollowUp,
}

/// <summary>How a clock stands. A breached clock stays <see cref="Breached"/>, also when it is met late or its ticket is cancelled.</summary>
internal enum ClockState
{
    Running,
    Paused,
    Met,
    Breached,
    Cancelled,
}

/// <summary>Why a clock is breached: its time ran out, or a change put its due time into the past.</summary>
internal enum BreachCause
{
    Elapsed,
    Retarget,
}

/// <summary>Whom a step of the escalation ladder tells.</summary>
internal enum EscalationTarget
{
    Assignee,
    Lead,
    Manager,
    Duty,
}

/// <summary>What a step of the escalation ladder does besides telling somebody.</summary>
internal enum EscalationAction
{
    /// <summary>Nothing more.</summary>
    Notify,

    /// <summary>Who is told gets the ticket.</summary>
    Reassign,

    /// <summary>The ticket becomes more urgent by one level.</summary>
    RaiseUrgency,
}

/// <summary>What a reader of the numbers must know about a clock instance.</summary>
internal enum ClockMark
{
    /// <summary>Met because the ticket was resolved, not because what it waits for was done.</summary>
    ByResolution,

    /// <summary>The ticket became one of its kind after the clock's start: the start is the true one, the clock was attached late.</summary>
    LateClassification,

    /// <summary>Met by a due attempt without contact; reported apart.</summary>
    ByAttempt,

    /// <summary>A breach was recorded and then withdrawn: what happened in time became known late.</summary>
    Corrected,
}

/// <summary>The words of the API for our enums: <c>FirstContact</c> is <c>first_contact</c>, and nothing else is read as it.</summary>
internal static class Word
{
    public static string Of<T>(T word)
        where T : struct, Enum => Words<T>.Spelled[word];

    public static bool TryRead<T>(string? text, out T word)
        where T : struct, Enum
    {
        word = default;
        return text is not null && Words<T>.Read.TryGetValue(text, out word);
    }

    /// <summary>All words of a kind, for messages that say what is allowed.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Spelled = Enum.GetValues<T>()
            .ToFrozenDictionary(word => word, word => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString()));

        public static readonly FrozenDictionary<string, T> Read = Spelled.ToFrozenDictionary(
            pair => pair.Value,
            pair => pair.Key,
            StringComparer.Ordinal
        );
    }
}
