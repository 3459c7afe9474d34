namespace CustomerFeedback.Survey.Domain.Inviting;

/// <summary>Ways to reach a customer with a link.</summary>
internal enum Way
{
    Phone,
    Email,
    Wechat,
    App,
}

/// <summary>A standing wish not to be contacted; null = on every way, for every purpose, for good.</summary>
internal sealed record Wish(Way? Way, string? Purpose, DateTimeOffset? Until, bool OfAnotherWay = false)
{
    public const string Survey = "survey";
    public const string FollowUp = "follow_up";

    /// <summary>Whether it forbids a survey on this way at this moment.</summary>
    public bool Forbids(Way way, DateTimeOffset now) => Purpose is null or Survey && Holds(way, now);

    /// <summary>Whether it forbids a follow-up call at this moment: that is a survey, too.</summary>
    public bool ForbidsCall(DateTimeOffset now) =>
        Purpose is null or Survey or FollowUp && Holds(Inviting.Way.Phone, now);

    private bool Holds(Way way, DateTimeOffset now) =>
        !OfAnotherWay && (Way is null || Way == way) && (Until is null || Until > now);
}

/// <summary>What is known of a customer's reachability.</summary>
/// <param name="Preferred">The way that the customer likes best, where there is one.</param>
internal sealed record Contactable(IReadOnlyList<Way> Ways, Way? Preferred, IReadOnlyList<Wish> Wishes);

/// <summary>Whether a customer may be asked now, and on which way.</summary>
internal static class ContactRules
{
    public const string DoNotContact = "do_not_contact";
    public const string Unreachable = "unreachable";
    public const string NoHumanContact = "no_human_contact";
    public const string Reopened = "reopened";
    public const string TicketCancelled = "ticket_cancelled";

    private static readonly Way[] Usual = [Way.Wechat, Way.App, Way.Phone, Way.Email];

    // Whoever spoke to us there looks in again, and is shown the open invitation: no address is needed.
    private static readonly Way[] LookedInto = [Way.App, Way.Wechat];

    /// <summary>The way to take, or the reason for taking none.</summary>
    public static (Way? Way, string? Reason) Decide(Contactable customer, Way? asTheTicket, DateTimeOffset now)
    {
        // Whoever wants no survey at all is asked by nobody, address or not.
        if (Usual.All(way => customer.Wishes.Any(wish => wish.Forbids(way, now))))
            return (null, DoNotContact);
        if (customer.Ways.Count == 0)
        {
            if (asTheTicket is not { } there || !LookedInto.Contains(there))
                return (null, Unreachable);
            return customer.Wishes.Any(wish => wish.Forbids(there, now)) ? (null, DoNotContact) : (there, null);
        }

        Way?[] order = [customer.Preferred, asTheTicket, .. Usual];
        var way = order.FirstOrDefault(way =>
            way is { } wanted
            && customer.Ways.Contains(wanted)
            && !customer.Wishes.Any(wish => wish.Forbids(wanted, now))
        );
        return way is null ? (null, DoNotContact) : (way, null);
    }
}
