namespace CustomerFeedback.Faults.Evidence;

/// <summary>Something that must be seen, else the fault did not happen.</summary>
internal sealed record Proof(string What, Func<Traces, bool> IsIn)
{
    public static readonly Proof Died = new(
        "every process that was to die is dead",
        t => !t.Doomed.IsEmpty && t.Died == t.Doomed.Count
    );

    public static readonly Proof StoodStill = new("a process was seen standing still", t => !t.StoodStill.IsEmpty);

    public static readonly Proof ToldNothing = new("answers that told nothing", t => t.ToldNothing > 0);

    public static readonly Proof Redelivered = new("messages handed out again by the broker", t => t.Redelivered > 0);

    public static readonly Proof Resent = new("messages taken back by a relay", t => t.Resent > 0);

    public static readonly Proof Copied = new("events delivered again", t => t.Copies > 0);

    /// <summary>Not all: of two within one batch the bus drops one before anybody counts it.</summary>
    public static readonly Proof CopiesDeduped = new(
        "nine of ten copies known to their consumers",
        t => t.Deduped >= 0.9 * t.Copies
    );

    public static readonly Proof Overtaken = new("events that came out of order", t => t.Overtaken > 0);

    public static readonly Proof FeltByAnybody = new(
        "answers that told nothing, or messages handed out again, known already or taken back",
        t => t.ToldNothing + t.Redelivered + t.Deduped + t.Resent > 0
    );
}
