using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>
/// YAML as another spelling of JSON: it becomes the JSON that it says, and that is read as strictly as any body. Its ways of saying
/// more than JSON are refused, aliases above all, which make a small file a large document.
/// </summary>
internal static class YamlDocument
{
    /// <summary>As deep as a body may be.</summary>
    private const int MostDepth = 16;

    /// <exception cref="YamlException">It is not YAML, or more than JSON.</exception>
    public static byte[] ToJson(string text)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            Write(parser, writer, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw Refused(parser.Current!, "One document is wanted.");
        }
        return json.ToArray();
    }

    private static void Write(Parser parser, Utf8JsonWriter writer, int depth)
    {
        if (parser.Current is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
            throw Refused(node, "Anchors and tags are not read.");
        if (depth > MostDepth)
            throw Refused(parser.Current!, $"At most {MostDepth} levels.");
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            Write(scalar, writer);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            writer.WriteStartArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
                Write(parser, writer, depth + 1);
            writer.WriteEndArray();
        }
        else if (parser.TryConsume<MappingStart>(out _))
        {
            writer.WriteStartObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key) || !key.Anchor.IsEmpty || !key.Tag.IsEmpty)
                    throw Refused(parser.Current!, "A key is a plain text.");
                writer.WritePropertyName(key.Value);
                Write(parser, writer, depth + 1);
            }
            writer.WriteEndObject();
        }
        else
        {
            throw Refused(parser.Current!, "Aliases are not read.");
        }
    }

    /// <summary>The core schema of YAML 1.2: <c>no</c> and <c>on</c> are texts, quoted texts are never anything else.</summary>
    private static void Write(Scalar scalar, Utf8JsonWriter writer)
    {
        const NumberStyles number =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (scalar.Style is not ScalarStyle.Plain)
            writer.WriteStringValue(scalar.Value);
        else if (scalar.Value is "" or "~" or "null" or "Null" or "NULL")
            writer.WriteNullValue();
        else if (scalar.Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
            writer.WriteBooleanValue(scalar.Value[0] is 't' or 'T');
        else if (decimal.TryParse(scalar.Value, number, CultureInfo.InvariantCulture, out var value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(scalar.Value);
    }

    private static YamlException Refused(ParsingEvent at, string message) => new(at.Start, at.End, message);
}
