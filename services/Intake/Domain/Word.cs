using System.Collections.Frozen;
using System.Text.Json;

namespace CustomerFeedback.Intake.Domain;

/// <summary>An enum member as the lower snake word that stands in messages, tables and rules.</summary>
internal static class Word<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(value => Texts[value])];

    public static string Of(T value) => Texts[value];

    public static string? Of(T? value) => value is { } known ? Texts[known] : null;

    public static T Parse(string text) => Values[text];

    public static T? ParseOrNull(string? text) => text is null ? null : Values[text];

    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is not null && Values.TryGetValue(text, out value);
    }
}
