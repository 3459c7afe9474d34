using System.Diagnostics.CodeAnalysis;

namespace CustomerFeedback.Masking;

/// <summary>How a known address looks in tables, lists, logs and events: <c>138****1234</c>, <c>z***@example.com</c>.</summary>
public static class MaskedAddress
{
    /// <summary>A recipient of whichever kind.</summary>
    public static string Of(string address) => address.LastIndexOf('@') > 0 ? Email(address) : Phone(address);

    /// <summary><c>138****1234</c>; shorter numbers show less.</summary>
    [return: NotNullIfNotNull(nameof(phone))]
    public static string? Phone(string? phone) =>
        phone switch
        {
            null => null,
            { Length: >= 11 } => $"{phone[..3]}****{phone[^4..]}",
            { Length: >= 8 } => $"{phone[..2]}****{phone[^2..]}",
            { Length: > 0 } => $"****{phone[^1..]}",
            _ => "****",
        };

    /// <summary><c>z***@example.com</c>.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static string? Email(string? address)
    {
        if (address is null)
            return null;

        var at = address.LastIndexOf('@');
        if (at <= 0)
            return "***";
        var first = at == 1 ? "" : address.EnumerateRunes().First().ToString();
        return $"{first}***{address[at..]}";
    }
}
