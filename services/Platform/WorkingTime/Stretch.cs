namespace CustomerFeedback.WorkingTime;

/// <summary>What a stretch of time counts as.</summary>
public enum StretchKind
{
    /// <summary>Working time.</summary>
    Open,

    /// <summary>Outside the hours of the week.</summary>
    ClosedHours,

    /// <summary>Closed by a holiday.</summary>
    Holiday,
}

/// <summary>A stretch of time with one reason for counting or not: the name of the holiday or make-up day, or plain hours.</summary>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, StretchKind Kind, string Because);

/// <summary>Why a piece of time is open or closed.</summary>
internal sealed record Reason(StretchKind Kind, string Because)
{
    public static readonly Reason Open = new(StretchKind.Open, "open");
    public static readonly Reason ClosedHours = new(StretchKind.ClosedHours, "closed hours");
}
