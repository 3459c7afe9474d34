using System.ComponentModel;
using System.Globalization;

namespace CustomerFeedback.Settings;

/// <summary>The types that a setting may have, and what their texts look like.</summary>
internal static class Values
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = "true or false",
        [typeof(int)] = "whole number",
        [typeof(double)] = "number",
        [typeof(TimeSpan)] = "time span",
        [typeof(Uri)] = "address",
    };

    public static bool Know(Type type) => Names.ContainsKey(type) || type.IsEnum;

    public static string NameOf(Type type) => type.IsEnum ? "word" : Names[type];

    /// <summary>What a text that does not fit should have been.</summary>
    public static string Expected(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(TimeSpan) ? "a time span such as 00:00:30 (hours:minutes:seconds)"
        : type == typeof(Uri) ? "an address such as http://host:8080"
        : $"a {NameOf(type)}".Replace("a true", "true", StringComparison.Ordinal);

    /// <summary>The text as the binder will understand it. Stricter than the binder in two places: "10" is ten days to it, and "/x" an address.</summary>
    public static bool Fits(Type type, string text)
    {
        if (type == typeof(string))
            return true;
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);
        if (type == typeof(Uri))
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" };
        if (type == typeof(TimeSpan) && !text.Contains(':'))
            return false;
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e)
            when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>As somebody would write it.</summary>
    public static string? Text(object? value) =>
        value switch
        {
            null or "" => null,
            bool flag => flag ? "true" : "false",
            TimeSpan { Milliseconds: not 0 } span => span.ToString("c").TrimEnd('0'),
            IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
