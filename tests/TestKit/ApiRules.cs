using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerFeedback.TestKit;

/// <summary>What every operation of a service's OpenAPI document has to say.</summary>
public static partial class ApiRules
{
    // Members of a set, and what is nobody's version: saying it twice is saying it once.
    private static readonly string[] WithoutVersion = ["/log-level", "/v1/survey-links/{token}/answers"];

    /// <summary>What is missing in the document of a service: what operations do not say, and codes of its sources that none tells.</summary>
    public static async Task<IReadOnlyList<string>> Missing(HttpClient client, string service)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        return
        [
            .. Missing(document.RootElement),
            .. UnknownCodes(document.RootElement, SourcesOf(service)).Select(code => $"no operation tells {code}"),
        ];
    }

    /// <summary>All that is missing in a document, in words.</summary>
    public static IEnumerable<string> Missing(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        from fault in Faults(document, path.Name, operation.Name, operation.Value)
        select $"{operation.Name.ToUpperInvariant()} {path.Name}: {fault}";

    /// <summary>The codes that the sources of a folder refuse with, and that the document does not know.</summary>
    /// <param name="sources">The text of each source.</param>
    public static IEnumerable<string> UnknownCodes(JsonElement document, IEnumerable<string> sources)
    {
        var known = (
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            from code in Codes(operation.Value)
            select code
        ).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. sources
                .SelectMany(text => Refusal().Matches(text).Select(m => m.Groups["code"].Value))
                .Distinct()
                .Where(code => !known.Contains(code)),
        ];
    }

    /// <summary>The sources of a service, as they lie in the tree above the tests.</summary>
    public static IEnumerable<string> SourcesOf(string service)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CustomerFeedback.sln")))
            root = root.Parent ?? throw new DirectoryNotFoundException("No CustomerFeedback.sln above the tests.");
        return Directory
            .EnumerateFiles(Path.Combine(root.FullName, "services", service), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText)
            // What is between services is in no document.
            .Where(text =>
                !text.Contains(".ExcludeFromDescription()", StringComparison.Ordinal)
                && text.Contains("Refus", StringComparison.Ordinal)
            );
    }

    private static IEnumerable<string> Faults(JsonElement document, string path, string method, JsonElement operation)
    {
        if (!operation.TryGetProperty("summary", out var summary) || summary.GetString() is not { Length: > 5 })
            yield return "no summary";
        if (!operation.TryGetProperty("x-roles", out _))
            yield return "no roles";
        if (!Codes(operation).Any())
            yield return "no problem codes";
        if (
            operation.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out var media)
            && media.TryGetProperty("example", out var example)
        )
        {
            List<string> misfits = [];
            new ApiDescription(document).Check(media.GetProperty("schema"), example, "example", misfits);
            foreach (var misfit in misfits)
                yield return misfit;
        }
        var changes = method is "put" or "patch" or "delete";
        if (changes && !WithoutVersion.Any(path.EndsWith) && !Takes(operation, "If-Match"))
            yield return "no If-Match";
        foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(a => a.Name[0] == '2'))
        {
            if (answer.Name == "204" || method == "head")
                continue;
            var contents = answer.Value.TryGetProperty("content", out var content)
                ? content.EnumerateObject().ToList()
                : [];
            if (contents.Count == 0 || contents.Exists(c => !c.Value.TryGetProperty("schema", out _)))
                yield return $"{answer.Name} has no schema";
            if (
                contents.Exists(c => c.Value.GetRawText() is var text && IsPage(document, text))
                && !(Takes(operation, "limit") && Takes(operation, "cursor"))
            )
                yield return "a list without limit and cursor";
        }
    }

    private static bool IsPage(JsonElement document, string media) =>
        Reference().Match(media) is { Success: true } m
        && document.GetProperty("components").GetProperty("schemas").GetProperty(m.Groups[1].Value) is var schema
        && schema.TryGetProperty("properties", out var members)
        && members.TryGetProperty("nextCursor", out _);

    private static bool Takes(JsonElement operation, string name) =>
        operation.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(p => p.GetProperty("name").GetString() == name);

    private static IEnumerable<string> Codes(JsonElement operation) =>
        from response in operation.GetProperty("responses").EnumerateObject()
        where response.Value.TryGetProperty("x-problem-codes", out _)
        from code in response.Value.GetProperty("x-problem-codes").EnumerateArray()
        select code.GetString()!;

    // Problem.Refused(status, "code", ...; new("code", $"...) of a Refusal; and constants, where a word is one of those.
    [GeneratedRegex(
        """(Refused\(\s*[\w.]+,\s*|Conflict\(\s*|Later\(http,\s*|Refusal \w+(\([^)]*\)| \{ get; \}) =(>)?\s*new\(\s*|(?<!yield )return new\()"(?<code>[a-z]+(_[a-z]+)*)","""
    )]
    private static partial Regex Refusal();

    [GeneratedRegex("#/components/schemas/([^\"]+)")]
    private static partial Regex Reference();
}
