using System.Net.Mime;
using System.Text;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>Answers the holder of a status link: as a page, or as JSON where that is asked for.</summary>
internal sealed class StatusAnswer(
    TicketingDbContext db,
    SlaCatalog catalog,
    LinkTokens links,
    IOptions<TicketOptions> options,
    TimeProvider time
)
{
    public const string Purpose = "status";

    public DateTimeOffset Now => Instants.Truncate(time.GetUtcNow());

    public bool Reads(string token, out Guid requestId) => links.TryRead(Purpose, token, out requestId, out _);

    /// <summary>The page of a request, whether its ticket is here already or still on its way.</summary>
    /// <param name="draft">What the customer had written, where it could not be taken.</param>
    public async Task<IResult> Show(
        HttpContext http,
        string token,
        Guid requestId,
        int status,
        CancellationToken ct,
        StatusDraft? draft = null
    )
    {
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.RequestId == requestId, ct);
        var view = ticket is null
            ? StatusView.NotYet(StatusTexts.Chinese)
            : await StatusView.Of(ticket, db, catalog, options.Value, Now, ct);
        if (WantsJson(http))
            return TypedResults.Json(view, statusCode: status);
        var texts = TextsFor(http, view.Language);
        return Html(
            http,
            Pages.StatusPage.Of(view, texts, token, Notice(http, view, texts), new(options.Value.Zone), draft),
            status
        );
    }

    /// <summary>The link is no link of ours.</summary>
    public static IResult NoSuchLink(HttpContext http) =>
        WantsJson(http)
            ? Problem.NotFound()
            : Html(http, Pages.StatusPage.NoSuchLink(TextsFor(http, null)), StatusCodes.Status404NotFound);

    /// <summary>After a form that cannot be taken: the page again, with the text and what is wrong with it.</summary>
    public Task<IResult> Again(
        HttpContext http,
        string token,
        Guid requestId,
        StatusDraft draft,
        CancellationToken ct
    ) => Show(http, token, requestId, StatusCodes.Status422UnprocessableEntity, ct, draft);

    /// <summary>After a form: back to the page, which says what came of it.</summary>
    public static IResult Back(HttpContext http, string token, string notice)
    {
        var lang = http.Request.Query["lang"].ToString();
        var language = StatusTexts.Languages.Contains(lang) ? $"&lang={lang}" : "";
        return TypedResults.Extensions.SeeOther($"/status/{token}?done={notice}{language}");
    }

    /// <summary>JSON is asked for by an Accept that prefers it to a page.</summary>
    public static bool WantsJson(HttpContext http)
    {
        var accepted = http.Request.GetTypedHeaders().Accept;
        return Quality(accepted, MediaTypeNames.Application.Json) > Quality(accepted, MediaTypeNames.Text.Html);
    }

    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted
            .Where(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(a => a.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();

    private static StatusTexts TextsFor(HttpContext http, string? ofRequest)
    {
        var asked = http.Request.Query["lang"].ToString();
        var accepted = http
            .Request.GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString());
        return StatusTexts.For([asked, .. accepted, ofRequest ?? ""]);
    }

    // The address can be written by anybody: it thanks for nothing that was not done.
    private static string? Notice(HttpContext http, StatusView view, StatusTexts texts)
    {
        var done = http.Request.Query["done"].ToString();
        return view.HasDone(done) ? texts.Notices.GetValueOrDefault(done) : null;
    }

    private static ContentHttpResult Html(HttpContext http, string page, int status)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Pages.StatusPage.Policy;
        headers["X-Robots-Tag"] = "noindex";
        headers.Vary = "Accept, Accept-Language";
        return TypedResults.Text(page, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}

/// <summary>303: the answer to a form is another page.</summary>
internal static class SeeOtherResult
{
    public static IResult SeeOther(this IResultExtensions _, string location) => new Redirect(location);

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
