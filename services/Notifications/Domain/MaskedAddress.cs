namespace CustomerFeedback.Notifications.Domain;

/// <summary>How a recipient looks in tables, lists and logs: <c>138****1234</c>, <c>z***@example.com</c>.</summary>
internal static class MaskedAddress
{
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        if (at > 0)
            return $"{(at == 1 ? "" : address[..1])}***{address[at..]}";
        return address.Length switch
        {
            >= 11 => $"{address[..3]}****{address[^4..]}",
            >= 8 => $"{address[..2]}****{address[^2..]}",
            > 0 => $"****{address[^1..]}",
            _ => "****",
        };
    }
}
