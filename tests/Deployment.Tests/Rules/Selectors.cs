using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Label selectors, as the cluster reads them.</summary>
internal static class Selectors
{
    /// <summary>An empty selector takes everything, none takes nothing.</summary>
    public static bool Match(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector is not null
        && selector.Map("matchLabels").All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)
        && selector.Items("matchExpressions").All(expression => Match(expression, labels, expression.Text("operator")));

    private static bool Match(JsonNode expression, IReadOnlyDictionary<string, string> labels, string? how)
    {
        var value = labels.GetValueOrDefault(expression.Text("key") ?? "");
        var listed = expression.Items("values").Any(item => item.ToString() == value);
        return how switch
        {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => throw new InvalidOperationException($"{how} is no operator of a selector"),
        };
    }
}
