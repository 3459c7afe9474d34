using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerFeedback.TestKit;

/// <summary>An OpenAPI document, as far as ours use it: its operations, and values held against its schemas.</summary>
internal sealed class ApiDescription
{
    private readonly JsonElement document;
    private readonly ILookup<string, ApiOperation> operations;

    public ApiDescription(JsonElement document)
    {
        this.document = document;
        operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(o => (Method: o.Name, Operation: Of(path.Name, o))))
            .ToLookup(o => o.Method, o => o.Operation, StringComparer.OrdinalIgnoreCase);
    }

    public ApiOperation? Find(string method, string path) =>
        operations[method].Where(o => o.Path.IsMatch(path)).MaxBy(o => o.Literals);

    /// <summary>Adds to <paramref name="faults"/> where a value is not as a schema says.</summary>
    public void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (var step in reference.GetString()!.TrimStart('#', '/').Split('/'))
                target = target.GetProperty(step);
            Check(target, value, at, faults);
            return;
        }
        if (schema.TryGetProperty("oneOf", out var forms))
        {
            var fitting = forms.EnumerateArray().Count(form => Fits(form, value));
            if (fitting != 1)
                faults.Add($"{at}: fits {fitting} of {forms.GetRawText()}: {Short(value)}");
            return;
        }
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => IsOf(t, value)))
        {
            faults.Add($"{at}: {type.GetRawText()} is documented, not {Short(value)}");
            return;
        }
        if (
            schema.TryGetProperty("enum", out var words)
            && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value))
        )
            faults.Add($"{at}: {Short(value)} is none of {words.GetRawText()}");
        if (value.ValueKind is JsonValueKind.String && schema.TryGetProperty("format", out var format))
            CheckFormat(format.GetString()!, value.GetString()!, at, faults);
        if (value.ValueKind is JsonValueKind.Object)
            CheckMembers(schema, value, at, faults);
        if (value.ValueKind is JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
                Check(items, item, $"{at}/{i}", faults);
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
            faults.AddRange(
                required
                    .EnumerateArray()
                    .Select(name => name.GetString()!)
                    .Where(name => !value.TryGetProperty(name, out _))
                    .Select(name => $"{at}/{name}: is required and missing")
            );
        var known = schema.TryGetProperty("properties", out var properties);
        var more = schema.TryGetProperty("additionalProperties", out var other) ? other : (JsonElement?)null;
        foreach (var member in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(member.Name, out var property))
                Check(property, member.Value, $"{at}/{member.Name}", faults);
            else if (more is { ValueKind: JsonValueKind.False })
                faults.Add($"{at}/{member.Name}: is not documented");
            else if (more is { ValueKind: JsonValueKind.Object } any)
                Check(any, member.Value, $"{at}/{member.Name}", faults);
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        List<string> faults = [];
        Check(schema, value, "", faults);
        return faults.Count == 0;
    }

    private static void CheckFormat(string format, string text, string at, List<string> faults)
    {
        var fits = format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$"),
            "date" => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            "duration" => Regex.IsMatch(text, @"^-?P(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"),
            _ => true,
        };
        if (!fits)
            faults.Add($"{at}: \"{text}\" is no {format}");
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) =>
        type switch
        {
            "null" => value.ValueKind is JsonValueKind.Null,
            "string" => value.ValueKind is JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind is JsonValueKind.Number,
            "array" => value.ValueKind is JsonValueKind.Array,
            _ => value.ValueKind is JsonValueKind.Object,
        };

    private static string Short(JsonElement value) =>
        value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();

    private static ApiOperation Of(string path, JsonProperty operation)
    {
        var pattern = Regex.Replace(Regex.Escape(path), @"\\\{[^}]+}", "[^/]+");
        return new(
            $"{operation.Name.ToUpperInvariant()} {path}",
            new($"^{pattern}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
            Regex.Replace(path, @"\{[^}]+}", "").Length,
            operation.Value
        );
    }
}
