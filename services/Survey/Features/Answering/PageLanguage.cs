namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>The language that a reader gets: the one asked for in the link, else the browser's, else the customer's own, of those that the questionnaire speaks.</summary>
internal static class PageLanguage
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    private static readonly string[] Ours = [Chinese, English];

    public static string Of(HttpContext http, SurveyLink link)
    {
        var spoken = link.Questionnaire?.Languages ?? Ours;
        var accepted = http
            .Request.GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString());
        string?[] wanted = [http.Request.Query["lang"].ToString(), .. accepted, link.Language];
        return wanted.Select(want => Match(spoken, want)).FirstOrDefault(match => match is not null) ?? spoken[0];
    }

    /// <summary>The language of this name, or of its family: zh for zh-CN.</summary>
    public static string? Match(IReadOnlyList<string> spoken, string? wanted) =>
        string.IsNullOrEmpty(wanted)
            ? null
            : spoken.FirstOrDefault(language => language.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                ?? spoken.FirstOrDefault(language =>
                    language.Split('-')[0].Equals(wanted.Split('-')[0], StringComparison.OrdinalIgnoreCase)
                );
}
