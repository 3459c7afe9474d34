using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>UUIDv7 that one process gives out in strictly ascending order, also within a millisecond: lists are read in the order of opening.</summary>
internal static class OrderedIds
{
    private const int PerMillisecond = 1 << 12;
    private static readonly Lock Guard = new();
    private static long _last;

    public static Guid Next(DateTimeOffset at)
    {
        long place;
        lock (Guard)
            place = _last = Math.Max(at.ToUnixTimeMilliseconds() * PerMillisecond, _last + 1);

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        // 48 bits of milliseconds, the version, 12 bits of order within the millisecond; then the variant and randomness.
        BinaryPrimitives.WriteInt64BigEndian(bytes, place / PerMillisecond << 16 | 0x7000L | place % PerMillisecond);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new(bytes, bigEndian: true);
    }
}
