using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Planted;

/// <summary>Errors by what a rule has to say about them: production's documents with one thing wrong.</summary>
internal sealed class Plants : Dictionary<string, Func<Overlay, Overlay>>
{
    public Plants()
        : base(StringComparer.Ordinal) { }

    /// <summary>Sets what is at a path of one document; null takes it away. Numbers in a path count in lists, "+" adds to one.</summary>
    public static Func<Overlay, Overlay> Set(string document, string path, JsonNode? value) =>
        overlay =>
            overlay.With(
                document.Split(' ')[0],
                document.Split(' ')[1],
                json =>
                {
                    var steps = path.Split('/').Select(step => step.Replace('~', '/')).ToArray();
                    JsonNode at = json;
                    foreach (var step in steps[..^1])
                        at = at is JsonArray list ? list[int.Parse(step)]! : Inner(at.AsObject(), step);
                    switch (at)
                    {
                        case JsonArray list when steps[^1] == "+":
                            list.Add(value?.DeepClone());
                            break;
                        case JsonArray list when value is null:
                            list.RemoveAt(int.Parse(steps[^1]));
                            break;
                        case JsonArray list:
                            list[int.Parse(steps[^1])] = value.DeepClone();
                            break;
                        case JsonObject map when value is null:
                            map.Remove(steps[^1]).ShouldBeTrue(path);
                            break;
                        case JsonObject map:
                            map[steps[^1]] = value.DeepClone();
                            break;
                    }
                }
            );

    public static Func<Overlay, Overlay> Without(string document) =>
        overlay => overlay.Without(document.Split(' ')[0], document.Split(' ')[1]);

    public static Func<Overlay, Overlay> With(string yaml) => overlay => overlay.And(yaml);

    /// <summary>The rule says so of production with the error, and not of production as it is.</summary>
    public void ShouldBeSeen(string fault, Func<Overlay, IEnumerable<string>> rule)
    {
        rule(Overlay.Production).ShouldNotContain(fault);
        rule(this[fault](Overlay.Production)).ShouldContain(fault);
    }

    private static JsonNode Inner(JsonObject map, string step) => map[step] ??= new JsonObject();
}
