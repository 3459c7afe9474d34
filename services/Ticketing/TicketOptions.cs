using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing;

/// <summary>Section <c>Tickets</c>: the defaults of the product, to be changed by configuration.</summary>
internal sealed class TicketOptions : IValidatableObject
{
    /// <summary>How long a closed ticket can be reopened.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan ReopenWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long after a resolution a silent customer is reminded, once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long after a resolution silence closes the ticket.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan CloseAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How far apart two tickets of a customer are opened to be suggested as duplicates of each other.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How alike two tickets are to be suggested as duplicates: 0 suggests every one, 1 only the same words.</summary>
    [Range(0.0, 1.0)]
    public double DuplicateScore { get; set; } = 0.4;

    /// <summary>After so many attempts in vain somebody in charge may agree that enough was tried; 0: never.</summary>
    [Range(0, 100)]
    public int ReasonableAttempts { get; set; } = 3;

    /// <summary>A public comment counts as reaching the customer.</summary>
    public bool PublicCommentIsContact { get; set; }

    /// <summary>A pause so soon after a customer's unanswered message is signalled.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SuspectPauseWithin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>So many pauses within <see cref="PingPongWithin"/> are signalled.</summary>
    [Range(2, 100)]
    public int PingPongPauses { get; set; } = 3;

    /// <summary>The time within which pauses are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan PingPongWithin { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A reopening so soon after the resolution is signalled.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ReopenedSoon { get; set; } = TimeSpan.FromHours(24);

    public Vigilance Vigilance => new(SuspectPauseWithin, PingPongPauses, PingPongWithin, ReopenedSoon);

    /// <summary>The zone that status pages show times in, as an IANA name.</summary>
    [Required]
    public string Zone { get; set; } = "Asia/Shanghai";

    /// <summary>How often waiting work is looked at without a signal: shifts begin without one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QueueLook { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            yield return new($"{Zone} is no zone that this machine knows.", [nameof(Zone)]);
        if (CloseAfter <= RemindAfter)
            yield return new(
                "not longer than Tickets:RemindAfter: who is reminded has time to answer.",
                [nameof(CloseAfter)]
            );
    }
}
