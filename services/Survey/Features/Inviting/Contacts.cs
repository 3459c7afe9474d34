using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>A customer's copied facts in the words of the rules.</summary>
internal static class Contacts
{
    public static Contactable Of(CustomerRow customer) =>
        new(
            [.. WaysOf(customer)],
            customer.PreferredChannel is { } preferred ? WayOf(preferred) : null,
            customer.DoNotContact is null
                ? []
                : [.. StoredJson.Read<IReadOnlyList<DoNotContact>>(customer.DoNotContact).Select(WishOf)]
        );

    /// <summary>How a channel of requests reaches its customer; null where nothing can be sent.</summary>
    public static Way? WayOf(Channel channel) =>
        channel switch
        {
            Channel.Phone => Way.Phone,
            Channel.Email => Way.Email,
            Channel.Wechat or Channel.MiniProgram => Way.Wechat,
            Channel.App => Way.App,
            _ => null,
        };

    public static Channel ChannelOf(Way way) => way.To<Channel>();

    private static IEnumerable<Way> WaysOf(CustomerRow customer)
    {
        if (customer.Phone)
            yield return Way.Phone;
        if (customer.Email)
            yield return Way.Email;
        if (customer.Wechat)
            yield return Way.Wechat;
        if (customer.App)
            yield return Way.App;
    }

    // A wish about a channel that we never take forbids nothing here.
    private static Wish WishOf(DoNotContact wish) =>
        wish.Channel is not { } channel ? new(null, wish.Purpose, wish.Until)
        : WayOf(channel) is { } way ? new(way, wish.Purpose, wish.Until)
        : new(null, wish.Purpose, wish.Until, OfAnotherWay: true);
}
