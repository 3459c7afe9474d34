using System.Buffers.Binary;
using System.Text;

namespace CustomerFeedback.Faults.Evidence;

/// <summary>One series of a counter in one process.</summary>
/// <param name="Series">Its attributes, as they travel.</param>
internal readonly record struct Point(string Process, string Name, string Series);

/// <summary>The little of OTLP's metrics message (protobuf) that counters are made of.</summary>
internal static class OtlpMetrics
{
    // ExportMetricsServiceRequest > ResourceMetrics > (Resource > KeyValue) and (ScopeMetrics > Metric > Sum > NumberDataPoint)
    private const int ResourceMetrics = 1;
    private const int Resource = 1;
    private const int ScopeMetrics = 2;
    private const int Metric = 2;
    private const int Name = 1;
    private const int Sum = 7;
    private const int DataPoint = 1;
    private const int PointAttributes = 7;
    private const int AsDouble = 4;
    private const int AsInt = 6;

    public static IEnumerable<string> Processes(byte[] report) => Parts(report, ResourceMetrics).Select(ProcessOf);

    public static IEnumerable<(Point Point, double Value)> Sums(byte[] report) =>
        from resource in Parts(report, ResourceMetrics)
        let process = ProcessOf(resource)
        from scope in Parts(resource, ScopeMetrics)
        from metric in Parts(scope, Metric)
        let name = Text(Parts(metric, Name).First())
        from sum in Parts(metric, Sum)
        from point in Parts(sum, DataPoint)
        let series = string.Join(' ', Parts(point, PointAttributes).Select(a => Convert.ToHexString(a.Span)))
        select (new Point(process, name, series), ValueOf(point));

    /// <summary>The value of <c>service.instance.id</c>.</summary>
    private static string ProcessOf(ReadOnlyMemory<byte> resourceMetrics) =>
        Parts(resourceMetrics, Resource)
            .SelectMany(resource => Parts(resource, 1))
            .Where(pair => Text(Parts(pair, 1).First()) == "service.instance.id")
            .Select(pair => Text(Parts(Parts(pair, 2).First(), 1).First()))
            .FirstOrDefault("");

    /// <summary>A counter of whole numbers or of fractions: one of the two is there.</summary>
    private static double ValueOf(ReadOnlyMemory<byte> point) =>
        Parts(point, AsInt)
            .Select(value => (double)BinaryPrimitives.ReadInt64LittleEndian(value.Span))
            .Concat(Parts(point, AsDouble).Select(value => BinaryPrimitives.ReadDoubleLittleEndian(value.Span)))
            .FirstOrDefault();

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>The contents of a message's fields with this number.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> message, int number)
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
