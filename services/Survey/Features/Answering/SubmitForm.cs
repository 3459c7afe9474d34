using System.Globalization;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Pages;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>
/// The answer page's form, without a script anywhere: kept for later, sent back with what is wrong or with the questions that the answers brought up, or
/// taken in.
/// </summary>
internal static class SubmitForm
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/s/{token}", Handle)
            .WithName(nameof(SubmitForm))
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Produces(StatusCodes.Status303SeeOther)
            .Takes("lang", "The language of the page.")
            .Produces<string>(StatusCodes.Status409Conflict, "text/html")
            .Produces<string>(StatusCodes.Status410Gone, "text/html")
            .Produces<string>(StatusCodes.Status422UnprocessableEntity, "text/html")
            .WithSummary("The answer page's form: 303 to the thanks page, or the page again with what is missing.")
            .Accepts<IFormCollection>("application/x-www-form-urlencoded")
            .WithIdempotency<SurveyDbContext>();

    private static async Task<IResult> Handle(
        string token,
        SurveyLinks links,
        DraftDesk drafts,
        Acceptance acceptance,
        PageAnswer pages,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!http.Request.HasFormContentType)
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(ct);
        var version = int.TryParse(form[Fields.Version], NumberStyles.None, CultureInfo.InvariantCulture, out var v)
            ? v
            : (int?)null;
        var link = await links.Find(token, version, ct);
        if (link.Standing is not LinkStanding.Open)
            return pages.Closed(http, link);

        var questionnaire = link.Questionnaire!;
        var given = FormAnswers.Read(questionnaire, form);
        var answers = AnswerReader.Read(questionnaire, given, out var faults);
        var onForm = form[Fields.Shown].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        if (form[Fields.Action] == Fields.Save)
        {
            await Keep();
            return PageAnswer.SeeOther(http, link, $"/s/{token}?done=saved");
        }

        var sheet = new AnswerSheet(questionnaire, answers);
        var wrong = Wrong(sheet, faults);
        // A form that does not say what it showed came from elsewhere: nothing on it is new.
        var fresh = sheet.Shown.Select(question => question.Id).Where(id => onForm.Count > 0 && !onForm.Contains(id));
        var news = fresh.Except(wrong.Keys).ToHashSet();
        if (wrong.Count > 0 || news.Count > 0)
        {
            await Keep();
            return pages.Form(
                http,
                token,
                link,
                sheet,
                FormAnswers.Values(form),
                wrong,
                news,
                wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK
            );
        }

        var seconds = Seconds(form, time.GetUtcNow());
        var accepted = await acceptance.Take(Asked.By(link), sheet, PageLanguage.Of(http, link), seconds, ct);
        return accepted is null
            ? pages.Closed(http, await links.Find(token, version, ct))
            : PageAnswer.SeeOther(http, link, $"/s/{token}/thanks");

        // What was on the form and is empty now was taken back.
        async Task Keep()
        {
            if (link.KeepsDrafts)
                await drafts.Keep(link, answers, onForm.Except(answers.Keys), ct);
        }
    }

    private static Dictionary<string, string> Wrong(
        AnswerSheet sheet,
        IReadOnlyList<Domain.Questionnaires.Fault> faults
    )
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var fault in faults)
            wrong.TryAdd(fault.Pointer.Split('/')[1], fault.Code);
        foreach (var question in sheet.Missing)
            wrong.TryAdd(question.Id, "required");
        return wrong;
    }

    private static int? Seconds(IFormCollection form, DateTimeOffset now) =>
        long.TryParse(form[Fields.Since], NumberStyles.None, CultureInfo.InvariantCulture, out var since)
        && now.ToUnixTimeSeconds() - since is >= 0 and <= GivenAnswers.LongestSeconds and var seconds
            ? (int)seconds
            : null;
}
