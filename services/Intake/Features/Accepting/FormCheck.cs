using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>Reads the values of a form and gathers everything that is wrong with them.</summary>
internal sealed partial class FormCheck
{
    private const int MaxAttributes = 32;
    private const int MaxAttributeName = 64;
    private const int MaxAttributeValue = 500;

    /// <summary>Older than any request a customer could still ask about, and inside what calendars and tables hold.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<Fault> faults = [];

    public IReadOnlyList<Fault> Faults => faults;

    public void Add(string pointer, string code, string message) => faults.Add(new(pointer, code, message));

    public string? Needed(string pointer, string? text, int max)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(pointer, "required", "A text is required here.");
            return null;
        }

        return Text(pointer, text, max);
    }

    /// <summary>Blank counts as not said; what is said stays as it was, to the byte.</summary>
    public string? Text(string pointer, string? text, int max)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length > max)
            Add(pointer, "too_long", $"At most {max} characters.");
        return text;
    }

    public T NeededWord<T>(string pointer, string? text)
        where T : struct, Enum
    {
        if (text is null)
            Add(pointer, "required", $"One of {string.Join(", ", Domain.Word<T>.All)}.");
        return Word<T>(pointer, text) ?? default;
    }

    public T? Word<T>(string pointer, string? text)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        if (Domain.Word<T>.TryParse(text, out var value))
            return value;
        Add(pointer, "unknown_value", $"One of {string.Join(", ", Domain.Word<T>.All)}.");
        return null;
    }

    public DateTimeOffset? Instant(string pointer, DateTimeOffset? instant, DateTimeOffset latest)
    {
        if (instant > latest)
            Add(pointer, "in_future", "This lies in the future.");
        else if (instant < Earliest)
            Add(pointer, "out_of_range", "This is before the year 2000.");
        return instant?.ToUniversalTime();
    }

    public string? Language(string pointer, string? tag)
    {
        if (tag is null)
            return null;
        if (!LanguageTag().IsMatch(tag))
            Add(pointer, "invalid_language", "A language tag such as zh-CN or en.");
        return tag;
    }

    public PhoneNumber? Phone(string pointer, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (PhoneNumber.TryParse(text, out var phone))
            return phone;
        Add(pointer, "invalid_phone", "5 to 20 digits; blanks, dashes and a leading + are fine.");
        return null;
    }

    public EmailAddress? Email(string pointer, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (EmailAddress.TryParse(text, out var email))
            return email;
        Add(pointer, "invalid_email", "An address such as name@example.com.");
        return null;
    }

    public IReadOnlyDictionary<string, string> Attributes(string pointer, Dictionary<string, JsonElement>? given)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (given is null)
            return read;
        if (given.Count > MaxAttributes)
            Add(pointer, "too_many", $"At most {MaxAttributes} attributes.");

        foreach (var (name, value) in given.Take(MaxAttributes))
        {
            var at = $"{pointer}/{name.Replace("~", "~0").Replace("/", "~1")}";
            if (name.Length is 0 or > MaxAttributeName || name.Contains('\0'))
                Add(at, "invalid_length", $"A name has 1 to {MaxAttributeName} characters.");
            else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                Add(at, "wrong_type", "A text, a number, true or false.");
            else if (value.ValueKind != JsonValueKind.Null)
                Add(read, at, name, value);
        }

        return read;
    }

    private void Add(SortedDictionary<string, string> read, string at, string name, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (text.Length > MaxAttributeValue)
            Add(at, "too_long", $"At most {MaxAttributeValue} characters.");
        else if (text.Contains('\0'))
            Add(at, "invalid_text", "The text holds a NUL character.");
        else
            read[name] = text;
    }

    [GeneratedRegex(
        "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex LanguageTag();
}
