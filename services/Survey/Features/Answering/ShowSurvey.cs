using CustomerFeedback.ApiDocs;
using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>The page with the questions. Looking never uses a link up: previews and proxies look too.</summary>
internal static class ShowSurvey
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods("/s/{token}", [HttpMethods.Get, HttpMethods.Head], Show)
            .WithName(nameof(ShowSurvey))
            .Takes("lang", "The language of the page.")
            .Takes("done", "What a form brought about.")
            .Produces<string>(StatusCodes.Status410Gone, "text/html")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .WithSummary("The answer page (HTML): questions, what was kept, or why it cannot be answered.");
        routes
            .MapMethods("/s/{token}/thanks", [HttpMethods.Get, HttpMethods.Head], Thanks)
            .WithName("ShowThanks")
            .Takes("lang", "The language of the page.")
            .Produces(StatusCodes.Status303SeeOther)
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .WithSummary("After the answers (HTML): what happens next.");
    }

    private static async Task<IResult> Show(
        string token,
        SurveyLinks links,
        DraftDesk drafts,
        PageAnswer pages,
        HttpContext http,
        CancellationToken ct
    )
    {
        var link = await links.Find(token, null, ct);
        if (link.Standing is not LinkStanding.Open)
            return pages.Closed(http, link);
        if (!HttpMethods.IsHead(http.Request.Method))
            await drafts.NoteOpened(link, ct);
        var sheet = new AnswerSheet(link.Questionnaire!, await drafts.Read(link, ct));
        return pages.Form(http, token, link, sheet, FormAnswers.Values(sheet.Questionnaire, sheet.Answers));
    }

    private static async Task<IResult> Thanks(
        string token,
        SurveyLinks links,
        PageAnswer pages,
        HttpContext http,
        CancellationToken ct
    )
    {
        var link = await links.Find(token, null, ct);
        return link switch
        {
            { Standing: LinkStanding.Answered } or { Standing: LinkStanding.Open, Place: not null } => pages.Thanks(
                http,
                link
            ),
            // Nobody is thanked for what is still to be answered.
            { Standing: LinkStanding.Open } => PageAnswer.SeeOther(http, link, $"/s/{token}"),
            _ => pages.Closed(http, link),
        };
    }
}
