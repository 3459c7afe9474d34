using System.Globalization;
using System.Text.Json.Nodes;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>The questions of a link for programs that show them themselves, with what was kept so far. Reading never uses the link up.</summary>
internal static class GetSurveyLink
{
    internal sealed record View(
        string Id,
        int Version,
        string State,
        string Language,
        IReadOnlyList<string> Languages,
        string Title,
        int EstimatedSeconds,
        DateTimeOffset? ExpiresAt,
        IReadOnlyList<SectionView> Sections,
        JsonObject Answers
    );

    internal sealed record SectionView(string Id, string? Title, IReadOnlyList<QuestionView> Questions);

    internal sealed record QuestionView(
        string Id,
        QuestionType Type,
        string? Dimension,
        string Text,
        bool Required,
        bool AllowNa,
        int? Scale,
        bool Remark,
        string? RemarkText,
        IReadOnlyDictionary<string, string> Labels,
        IReadOnlyList<OptionView> Options,
        IReadOnlyList<OptionView> Rows,
        ConditionSpec? ShowIf
    );

    internal sealed record OptionView(string Id, string Text, bool Other = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/v1/survey-links/{token}", [HttpMethods.Get, HttpMethods.Head], Handle)
            .WithName(nameof(GetSurveyLink))
            .Takes("lang", "The language wanted.")
            .Refuses(StatusCodes.Status404NotFound, Refusals.NotReady)
            .WithSummary("The questionnaire of a link in ?lang=, with the answers kept so far.")
            .Produces<View>()
            .Refuses(StatusCodes.Status410Gone, Refusals.Expired, Refusals.Cancelled);

    private static async Task<IResult> Handle(
        string token,
        SurveyLinks links,
        DraftDesk drafts,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http, "lang") is { } unknown)
            return unknown;
        var link = await links.Find(token, null, ct);
        if (link.Standing is not LinkStanding.Answered && Refusals.Of(link.Standing) is { } refused)
            return refused;
        if (!HttpMethods.IsHead(http.Request.Method))
            await drafts.NoteOpened(link, ct);
        var language = PageLanguage.Of(http, link);
        var questionnaire = link.Questionnaire!;
        return TypedResults.Ok(
            new View(
                questionnaire.Id,
                link.Version,
                link.Standing is LinkStanding.Answered ? "completed" : "open",
                language,
                questionnaire.Languages,
                questionnaire.Title.In(language),
                (int)ReadingTime.Estimate(questionnaire).TotalSeconds,
                link.Invitation?.ExpiresAt,
                [.. questionnaire.Sections.Select(section => Of(section, language))],
                AnswerWriter.Write(questionnaire, await drafts.Read(link, ct))
            )
        );
    }

    private static SectionView Of(Section section, string language) =>
        new(section.Id, Or(section.Title, language), [.. section.Questions.Select(question => Of(question, language))]);

    private static QuestionView Of(Question question, string language) =>
        new(
            question.Id,
            question.Type,
            question.Dimension,
            question.Text.In(language),
            question.Required,
            question.AllowNa,
            question.Scale,
            question.Remark,
            Or(question.RemarkText, language),
            question
                .Labels.OrderBy(label => label.Key)
                .ToDictionary(
                    label => label.Key.ToString(CultureInfo.InvariantCulture),
                    label => label.Value.In(language)
                ),
            [.. question.Options.Select(option => new OptionView(option.Id, option.Text.In(language), option.Other))],
            [.. question.Rows.Select(row => new OptionView(row.Id, row.Text.In(language)))],
            question.ShowIf?.Spec
        );

    private static string? Or(LocalText text, string language) => text.IsEmpty ? null : text.In(language);
}
