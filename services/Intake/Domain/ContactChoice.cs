namespace CustomerFeedback.Intake.Domain;

/// <summary>Where a customer can be written to for a purpose, or why nowhere.</summary>
/// <param name="Refusal"><c>do_not_contact</c> or <c>unreachable</c>; null where there is an address.</param>
internal sealed record ContactChoice(Channel? Channel, string? Address, string? Refusal)
{
    public const string Forbidden = "do_not_contact";
    public const string Unreachable = "unreachable";

    /// <summary>The wanted channel, else the preferred one, else any with an address; one that the customer does not want is passed over.</summary>
    public static ContactChoice Of(Customer customer, Channel? wanted, string purpose, DateTimeOffset now)
    {
        (Channel Channel, string? Address)[] known =
        [
            (Domain.Channel.Phone, customer.Phone),
            (Domain.Channel.Email, customer.Email),
        ];
        var reachable = known
            .Where(contact => contact.Address is not null)
            .OrderByDescending(contact => contact.Channel == wanted)
            .ThenByDescending(contact => contact.Channel == customer.PreferredChannel)
            .ToList();
        if (reachable.Count == 0)
            return new(null, null, Unreachable);
        foreach (var (channel, address) in reachable)
        {
            if (!customer.DoNotContact.Any(wish => wish.Forbids(channel, purpose, now)))
                return new(channel, address, null);
        }
        return new(null, null, Forbidden);
    }
}
