namespace CustomerFeedback.TestKit.Otlp;

/// <summary>What a span is to its neighbours, numbered as on the wire.</summary>
public enum SpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

/// <summary>A span as a host reported it; ids are lower case hex.</summary>
/// <param name="Service">The host's <c>service.name</c>.</param>
/// <param name="Parent">Empty for a root.</param>
/// <param name="Attributes">Those that are texts or whole numbers.</param>
/// <param name="Links">Ids of spans that it is linked to.</param>
public sealed record Span(
    string Service,
    string Source,
    string TraceId,
    string Id,
    string Parent,
    string Name,
    SpanKind Kind,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> Links
)
{
    /// <summary>The spans of one ExportTraceServiceRequest.</summary>
    internal static IEnumerable<Span> Read(byte[] report) =>
        from resourceSpans in Protobuf.Parts(report, 1)
        let service = Texts(Protobuf.First(resourceSpans, 1), 1).GetValueOrDefault("service.name", "")
        from scopeSpans in Protobuf.Parts(resourceSpans, 2)
        let source = Protobuf.Text(Protobuf.First(scopeSpans, 1), 1)
        from span in Protobuf.Parts(scopeSpans, 2)
        select new Span(
            service,
            source,
            Protobuf.Hex(span, 1),
            Protobuf.Hex(span, 2),
            Protobuf.Hex(span, 4),
            Protobuf.Text(span, 5),
            (SpanKind)Protobuf.Number(span, 6),
            Texts(span, 9),
            [.. Protobuf.Parts(span, 13).Select(link => Protobuf.Hex(link, 2))]
        );

    private static Dictionary<string, string> Texts(ReadOnlyMemory<byte> message, int field)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Protobuf.Parts(message, field))
        {
            var value = Protobuf.First(pair, 2);
            var text = Protobuf.First(value, 1);
            texts[Protobuf.Text(pair, 1)] = text.IsEmpty ? $"{Protobuf.Number(value, 3)}" : Protobuf.Text(value, 1);
        }

        return texts;
    }
}
