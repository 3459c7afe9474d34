using System.ComponentModel.DataAnnotations;

namespace CustomerFeedback.Survey;

/// <summary>Section <c>Survey</c>: the defaults of the product, to be changed by configuration.</summary>
internal sealed class SurveyOptions
{
    /// <summary>How long after the confirmation the customer is asked.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DispatchDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a personal link can be answered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>The questionnaire that follows a confirmed resolution.</summary>
    [Required]
    public string TicketQuestionnaire { get; set; } = "ticket-satisfaction";

    /// <summary>The questionnaire of the call that follows a resolved complaint.</summary>
    [Required]
    public string ComplaintQuestionnaire { get; set; } = "complaint-follow-up";

    /// <summary>After a complaint's resolution, until somebody has tried to call.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan FollowUpWithin { get; set; } = TimeSpan.FromHours(24);

    /// <summary>So many calls that nobody answers are enough.</summary>
    [Range(1, 20)]
    public int FollowUpAttempts { get; set; } = 3;

    /// <summary>How often the dispatcher looks without a signal: another replica may have planned something.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan DispatchLook { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an invitation waits for a customer whose facts have not arrived yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CustomerPatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Working days within which feedback is answered, as the thanks page promises.</summary>
    [Range(1, 30)]
    public int AnswerWithinWorkingDays { get; set; } = 3;

    /// <summary>The official service contact as the pages show it; without one they name none.</summary>
    [StringLength(200)]
    public string? OfficialContact { get; set; }

    /// <summary>The address that customers reach us by, for printed links; the one a request came to when not said.</summary>
    public Uri? PublicUrl { get; set; }
}
