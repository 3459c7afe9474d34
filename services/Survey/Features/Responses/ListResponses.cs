using System.Text.Json.Nodes;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Contracts;
using CustomerFeedback.Masking;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Features.Answering;
using CustomerFeedback.Survey.Features.Questionnaires;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Responses;

/// <summary>What came back, newest first. Nobody is named: no customer, no link, and long numbers and addresses in their words are masked.</summary>
internal static class ListResponses
{
    internal sealed record View(
        Guid Id,
        Asked Questionnaire,
        string? Ticket,
        int? Episode,
        SurveyMode Mode,
        string Language,
        string? Store,
        JsonObject Answers,
        int? DurationSeconds,
        IReadOnlyList<string> Flags,
        string? RecoveryDepartment,
        DateTimeOffset SubmittedAt
    );

    internal sealed record Asked(string Id, int Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/responses", Handle)
            .WithName(nameof(ListResponses))
            .InPages("submittedAt")
            .Takes("ticket", "The ticket's number.")
            .Takes("questionnaire", "The questionnaire's id.")
            .TakesInstant("from", "Answered at this instant or later.")
            .TakesInstant("to", "Answered before this instant.")
            .WithSummary("Responses, newest first, without personal data: ?ticket=&questionnaire=&from=&to=")
            .Produces<Page<View>>();

    private static async Task<IResult> Handle(
        SurveyDbContext db,
        QuestionnaireLibrary library,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, ResponseFilter.Names, out var page, out var problem, "submittedAt"))
            return problem;
        var filter = ResponseFilter.Read(http.Request.Query, out var errors);
        if (errors.Count > 0)
            return Problem.Malformed(errors);
        var responses = filter.Apply(db.Responses.AsNoTracking());
        // Ids are made in the order of arrival.
        var written =
            from response in page.Of(responses, r => r.Id)
            join text in db.ResponseTexts on response.Id equals text.ResponseId into texts
            from text in texts.DefaultIfEmpty()
            select new { Response = response, Texts = text == null ? null : text.Texts };
        var rows = await page.Sorted(written, row => row.Response.Id).ToListAsync(ct);
        var found = page.Answer(http, rows, row => new Cursor(0, row.Response.Id));
        List<View> views = [];
        foreach (var row in found.Items)
        {
            var (id, version) = (row.Response.QuestionnaireId, row.Response.QuestionnaireVersion);
            if (await library.Find(db, id, version, ct) is { } questionnaire)
                views.Add(Of(row.Response, AnswerWriter.Write(questionnaire, Whole(row.Response.Answers, row.Texts))));
        }

        return TypedResults.Ok(new Page<View>(views, found.NextCursor));
    }

    private static Dictionary<string, Answer> Whole(string stored, string? texts)
    {
        var answers = StoredJson.Read<Dictionary<string, Answer>>(stored);
        if (texts is null)
            return answers;
        foreach (var (id, text) in StoredJson.Read<Dictionary<string, string>>(texts))
            answers[id] = answers.GetValueOrDefault(id, new Answer()) with { Text = MaskedText.Of(text) };
        return answers;
    }

    private static View Of(ResponseRow row, JsonObject answers) =>
        new(
            row.Id,
            new(row.QuestionnaireId, row.QuestionnaireVersion),
            row.Number,
            row.Episode,
            row.Mode,
            row.Language,
            row.Store,
            answers,
            row.DurationSeconds,
            row.Flags,
            row.RecoveryDepartment,
            row.SubmittedAt
        );
}
