using System.Text;

namespace CustomerFeedback.TestKit.Otlp;

/// <summary>The wire form of protobuf messages: fields by number.</summary>
internal static class Protobuf
{
    /// <summary>The contents of a message's fields with this number; of a field of variable length its bytes, without the length.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> message, int number)
    {
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => LengthOfVarint(message.Span, at),
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                _ => throw new FormatException("No protobuf."),
            };
            if ((int)(tag >> 3) == number)
                yield return message.Slice(at, length);
            at += length;
        }
    }

    /// <summary>Empty where the field is not there.</summary>
    public static ReadOnlyMemory<byte> First(ReadOnlyMemory<byte> message, int number) =>
        Parts(message, number).FirstOrDefault();

    public static string Text(ReadOnlyMemory<byte> message, int number) =>
        Encoding.UTF8.GetString(First(message, number).Span);

    public static string Hex(ReadOnlyMemory<byte> message, int number) =>
        Convert.ToHexStringLower(First(message, number).Span);

    public static ulong Number(ReadOnlyMemory<byte> message, int number)
    {
        var at = 0;
        var field = First(message, number);
        return field.IsEmpty ? 0 : Varint(field.Span, ref at);
    }

    private static int LengthOfVarint(ReadOnlySpan<byte> bytes, int at)
    {
        var end = at;
        Varint(bytes, ref end);
        return end - at;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0ul, 0);
        byte one;
        do
        {
            one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            shift += 7;
        } while (one >= 0x80);

        return value;
    }
}
