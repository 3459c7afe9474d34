namespace CustomerFeedback.WorkingTime;

/// <summary>What a stretch of time counts as: working time, outside the hours, or closed by a holiday.</summary>
public enum StretchKind
{
    Open,
    ClosedHours,
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
