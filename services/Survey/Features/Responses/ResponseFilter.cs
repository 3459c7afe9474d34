using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;

namespace CustomerFeedback.Survey.Features.Responses;

/// <summary>What a list of responses can be narrowed by.</summary>
internal sealed record ResponseFilter(string? Ticket, string? Questionnaire, DateTimeOffset? From, DateTimeOffset? To)
{
    public static readonly string[] Names = ["ticket", "questionnaire", "from", "to"];

    public static ResponseFilter Read(IQueryCollection query, out IReadOnlyList<FieldError> errors)
    {
        var found = new List<FieldError>();
        errors = found;
        return new(Text("ticket"), Text("questionnaire"), Instant("from"), Instant("to"));

        string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        DateTimeOffset? Instant(string name)
        {
            // An unescaped + arrives as a blank.
            if (Text(name)?.Replace(' ', '+') is not { } text)
                return null;
            if (Instants.TryParse(text, out var instant))
                return instant;
            found.Add(new(name, "invalid_instant", "An instant with its offset: 2026-11-21T09:00:00+08:00."));
            return null;
        }
    }

    public IQueryable<ResponseRow> Apply(IQueryable<ResponseRow> responses)
    {
        if (Ticket is { } ticket)
            responses = responses.Where(r => r.Number == ticket);
        if (Questionnaire is { } questionnaire)
            responses = responses.Where(r => r.QuestionnaireId == questionnaire);
        if (From is { } from)
            responses = responses.Where(r => r.SubmittedAt >= from);
        if (To is { } to)
            responses = responses.Where(r => r.SubmittedAt < to);
        return responses;
    }
}
