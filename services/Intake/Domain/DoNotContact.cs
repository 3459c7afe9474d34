namespace CustomerFeedback.Intake.Domain;

/// <summary>One standing wish not to be contacted. Without a channel on all of them, without a purpose for whatever reason.</summary>
/// <param name="Purpose">As <c>survey</c>, <c>follow_up</c>, <c>notification</c>.</param>
/// <param name="Until">The first instant at which it no longer holds; null is for good.</param>
/// <param name="Source">Who brought the wish, as <c>crm</c>, <c>agent</c>, <c>survey</c>.</param>
internal sealed record DoNotContact(Channel? Channel, string? Purpose, DateTimeOffset? Until, string Source)
{
    /// <summary>All that we contact anybody for: a wish with another word would never be respected.</summary>
    public static readonly IReadOnlyList<string> Purposes = ["survey", "follow_up", "notification"];

    public bool Forbids(Channel channel, string purpose, DateTimeOffset now) =>
        (Channel is null || Channel == channel)
        && (Purpose is null || Purpose == purpose)
        && (Until is null || now < Until);
}
