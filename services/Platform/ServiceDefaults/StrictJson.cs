using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>JSON as API.md wants it: nothing unknown, doubled or of another type comes in; enums, instants and durations have one form out.</summary>
public static class StrictJson
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new ElementConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new WordConverterFactory());
    }

    internal static FieldError Explain(JsonException e)
    {
        var pointer = Pointer(e.Path);
        return e switch
        {
            MalformedValueException value => new(pointer, value.Code, value.Message),
            { Path: null or "$" } when e.InnerException is JsonException inner && inner.Path != e.Path => Explain(
                inner
            ),
            _ when e.Message.Contains("could not be mapped", StringComparison.Ordinal) => new(
                pointer,
                "unknown_member",
                "This member is not known here."
            ),
            _ when e.Message.Contains("uplicate", StringComparison.Ordinal) => new(
                pointer,
                "duplicate_member",
                "This member is given twice."
            ),
            _ when e.Message.Contains("could not be converted", StringComparison.Ordinal) => new(
                pointer,
                "wrong_type",
                "The value has another type than the API describes."
            ),
            _ when e.Message.Contains("missing required", StringComparison.Ordinal) => new(
                pointer,
                "required",
                "A required member is missing."
            ),
            _ => new(pointer, "invalid_json", "The body is not valid JSON."),
        };
    }

    // "$.customer['a/b'][0].name" -> "/customer/a~1b/0/name"
    private static string Pointer(string? path)
    {
        var pointer = new System.Text.StringBuilder();
        for (var i = 1; i < path?.Length; )
        {
            var quoted = path.AsSpan(i).StartsWith("['", StringComparison.Ordinal);
            var start = i + (quoted ? 2 : 1);
            var end =
                quoted ? path.IndexOf("']", start, StringComparison.Ordinal)
                : path[i] == '[' ? path.IndexOf(']', start)
                : path.AsSpan(start).IndexOfAny('.', '[') is var n and >= 0 ? start + n
                : path.Length;
            end = end < 0 ? path.Length : end;
            pointer.Append('/').Append(path[start..end].Replace("~", "~0").Replace("/", "~1"));
            i =
                end
                + (
                    quoted ? 2
                    : path[i] == '[' ? 1
                    : 0
                );
        }
        return pointer.ToString();
    }
}
