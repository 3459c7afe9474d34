using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerFeedback.Deployment.Tests.Rendering;

/// <summary>Reads YAML as JSON, with the types that Kubernetes gives to plain scalars.</summary>
internal static partial class Yaml
{
    public static IReadOnlyList<JsonObject> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => (JsonObject)Json(document.RootNode)!)];
    }

    private static JsonNode? Json(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => Merged(map),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => throw new InvalidOperationException($"{node.NodeType} at {node.Start}"),
        };

    /// <summary>What "&lt;&lt;" brings in counts where the mapping itself says nothing; of several, the first.</summary>
    private static JsonObject Merged(YamlMappingNode map)
    {
        var whole = new JsonObject();
        foreach (var (key, value) in map.Children.Where(pair => Key(pair.Key) != "<<"))
            whole[Key(key)] = Json(value);
        var brought = map
            .Children.Where(pair => Key(pair.Key) == "<<")
            .SelectMany(pair => pair.Value is YamlSequenceNode several ? several.Children : [pair.Value])
            .SelectMany(source => (JsonObject)Json(source)!);
        foreach (var (key, value) in brought)
        {
            if (!whole.ContainsKey(key))
                whole[key] = value?.DeepClone();
        }

        return whole;
    }

    private static string Key(YamlNode key) => ((YamlScalarNode)key).Value!;

    private static JsonValue? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when Whole().IsMatch(text) => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
            _ when Broken().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(text),
        };

    [GeneratedRegex("^-?(0|[1-9][0-9]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"^-?[0-9]+\.[0-9]+([eE][-+]?[0-9]+)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Broken();
}
