using System.Diagnostics.CodeAnalysis;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>Collects everything that is wrong with the values of a body, so that it is said all together.</summary>
internal sealed class Checks
{
    public const int TextLength = 4000;
    public const int NameLength = 200;

    private static readonly TimeSpan Plannable = TimeSpan.FromDays(366);

    private readonly List<FieldError> _errors = [];

    /// <summary>A text that must be there.</summary>
    public Wording Text(string pointer, string? text) => Optional(pointer, text) ?? Missing(pointer);

    /// <summary>A short name that must be there.</summary>
    public string Name(string pointer, string? name)
    {
        That(name?.Length is null or <= NameLength, pointer, "too_long", $"At most {NameLength} characters.");
        return Text(pointer, name).Text;
    }

    /// <summary>A text that may be absent; blanks are absent too.</summary>
    public Wording? Optional(string pointer, string? text)
    {
        if (text?.Length > TextLength)
            Wrong(pointer, "too_long", $"At most {TextLength} characters.");
        return Wording.From(text);
    }

    public T Required<T>(string pointer, T? value)
        where T : struct
    {
        if (value is null)
            Wrong(pointer, "required", "This is required.");
        return value.GetValueOrDefault();
    }

    /// <summary>An instant that people agree on: ahead, and within what anybody plans.</summary>
    public void Ahead(string pointer, DateTimeOffset? instant, DateTimeOffset now, string message)
    {
        That(instant is null || instant > now, pointer, "in_the_past", message);
        That(instant is null || instant < now + Plannable, pointer, "too_far", "At most a year ahead.");
    }

    /// <summary>A flag of the query; null where it is not asked for.</summary>
    public bool? Flag(HttpContext http, string name)
    {
        if (!http.Request.Query.TryGetValue(name, out var flag))
            return null;
        That(flag.ToString() is "true" or "false", name, "wrong_type", "true or false.");
        return flag == "true";
    }

    public void Wrong(string pointer, string code, string message) => _errors.Add(new(pointer, code, message));

    public void That(bool holds, string pointer, string code, string message)
    {
        if (!holds)
            Wrong(pointer, code, message);
    }

    public bool Failed([NotNullWhen(true)] out ProblemHttpResult? problem)
    {
        problem = _errors.Count == 0 ? null : Problem.Malformed(_errors);
        return problem is not null;
    }

    private Wording Missing(string pointer)
    {
        Wrong(pointer, "required", "A text is required.");
        return new("");
    }
}
