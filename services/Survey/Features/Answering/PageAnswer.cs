using System.Text;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Pages as answers: each with its policy, its language and its status.</summary>
internal sealed class PageAnswer(IOptions<SurveyOptions> options, TimeProvider time)
{
    /// <summary>The questions, with these values in the fields.</summary>
    public IResult Form(
        HttpContext http,
        string token,
        SurveyLink link,
        AnswerSheet sheet,
        IReadOnlyDictionary<string, IReadOnlyList<string>> values,
        IReadOnlyDictionary<string, string>? faults = null,
        IReadOnlySet<string>? fresh = null,
        int status = StatusCodes.Status200OK
    )
    {
        var language = PageLanguage.Of(http, link);
        var form = new AnswerForm(
            sheet.Questionnaire,
            link.Version,
            $"/s/{token}",
            language,
            values,
            faults ?? new Dictionary<string, string>(),
            sheet.Shown,
            fresh ?? new HashSet<string>(),
            Since(values),
            link.KeepsDrafts,
            http.Request.Query["done"] == "saved"
        );
        return Html(http, AnswerPage.Of(form, AnswerTexts.For(language), link.Invitation?.Number), status);
    }

    /// <summary>A link that cannot be answered, in friendly words.</summary>
    public IResult Closed(HttpContext http, SurveyLink link)
    {
        var texts = AnswerTexts.For(PageLanguage.Of(http, link));
        var (message, status) = link.Standing switch
        {
            LinkStanding.Unknown => (texts.NoSuchLink, StatusCodes.Status404NotFound),
            LinkStanding.NotReady => (texts.NotReady, StatusCodes.Status200OK),
            LinkStanding.Expired => (texts.Expired, StatusCodes.Status410Gone),
            LinkStanding.Cancelled => (texts.Cancelled, StatusCodes.Status410Gone),
            LinkStanding.Answered or LinkStanding.Open => (
                texts.Answered,
                HttpMethods.IsPost(http.Request.Method) ? StatusCodes.Status409Conflict : StatusCodes.Status200OK
            ),
        };
        return Html(http, AnswerPage.Message(texts, http.Request.Path, message, options.Value.OfficialContact), status);
    }

    /// <summary>After the answers: what happens next, and where to turn to.</summary>
    public IResult Thanks(HttpContext http, SurveyLink link) =>
        Html(
            http,
            AnswerPage.Thanks(
                AnswerTexts.For(PageLanguage.Of(http, link)),
                http.Request.Path,
                options.Value.AnswerWithinWorkingDays,
                options.Value.OfficialContact
            ),
            StatusCodes.Status200OK
        );

    /// <summary>303: the answer to a form is another page.</summary>
    public static IResult SeeOther(HttpContext http, SurveyLink link, string path) =>
        new Redirect($"{path}{(path.Contains('?') ? '&' : '?')}lang={PageLanguage.Of(http, link)}");

    private long Since(IReadOnlyDictionary<string, IReadOnlyList<string>> values) =>
        values.TryGetValue(Fields.Since, out var since)
        && since is [var first, ..]
        && long.TryParse(first, out var seconds)
            ? seconds
            : time.GetUtcNow().ToUnixTimeSeconds();

    private static ContentHttpResult Html(HttpContext http, string page, int status)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = AnswerPage.Policy;
        headers["X-Robots-Tag"] = "noindex";
        headers.Vary = "Accept-Language";
        return TypedResults.Text(page, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    private sealed class Redirect(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
