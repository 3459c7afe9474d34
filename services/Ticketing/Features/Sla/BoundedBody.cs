namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>A body that a slice reads itself, as a file that somebody sends.</summary>
internal static class BoundedBody
{
    /// <summary>Null where it is longer than is read.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Read(HttpRequest request, int most, CancellationToken ct)
    {
        // One byte more than is read: whoever sends that much sends too much.
        var bytes = new byte[most + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length > most)
            return null;
        return bytes.AsMemory(0, length);
    }
}
