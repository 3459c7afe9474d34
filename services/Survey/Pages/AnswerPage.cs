using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Pages;

/// <summary>The pages of a survey: plain HTML and one style sheet, no script.</summary>
internal static class AnswerPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>Nothing but our own style and forms that come back to us.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Of(AnswerForm form, AnswerTexts texts, string? number)
    {
        var about = number is null ? "" : $"""<p class="about">{Text(Filled(texts.About, number))}</p>""";
        var minutes = Math.Ceiling(ReadingTime.Estimate(form.Questionnaire).TotalMinutes);
        var saved = form.Saved ? $"""<p class="notice" role="status">{Text(texts.Saved)}</p>""" : "";
        var main = $"""
            <div class="intro"><h1>{Text(form.Questionnaire.Title.In(form.Language))}</h1>{about}
            <p class="effort">{Text(Filled(texts.Effort, minutes, form.Shown.Count))}</p></div>
            {saved}{Faults(form, texts)}{Fresh(form, texts)}
            <form method="post" action="{form.Path}?lang={form.Language}">
            <input type="hidden" name="{Fields.Version}" value="{form.Version}">
            <input type="hidden" name="{Fields.Since}" value="{form.Since}">
            <input type="hidden" name="{Fields.Shown}" value="{string.Join(' ', form.Shown.Select(q => q.Id))}">
            {string.Concat(form.Questionnaire.Sections.Select(section => Section(section, form, texts)))}
            <div class="send"><button class="primary" type="submit" name="{Fields.Action}" value="send">{Text(
                texts.Submit
            )}</button>{Save(form, texts)}</div>
            </form>
            """;
        return Frame(
            texts,
            form.Language,
            form.Questionnaire.Languages,
            form.Path,
            form.Questionnaire.Title.In(form.Language),
            main
        );
    }

    /// <summary>A page that says one thing, and whom to ask.</summary>
    public static string Message(
        AnswerTexts texts,
        string path,
        (string Title, string Text) message,
        string? contact
    ) =>
        Frame(
            texts,
            texts.Language,
            [texts.Language, texts.Other.Language],
            path,
            message.Title,
            $"""<section class="card message"><h1>{Text(message.Title)}</h1><p>{Text(message.Text)}</p>{Contact(texts, contact)}</section>"""
        );

    public static string Thanks(AnswerTexts texts, string path, int workingDays, string? contact) =>
        Frame(
            texts,
            texts.Language,
            [texts.Language, texts.Other.Language],
            path,
            texts.Thanks.Title,
            $"""
            <section class="card message"><p class="tick" aria-hidden="true">✓</p><h1>{Text(
                texts.Thanks.Title
            )}</h1><p>{Text(texts.Thanks.Text)}</p>
            <h2>{Text(texts.NextTitle)}</h2><p>{Text(Filled(texts.Next, workingDays))}</p>{Contact(texts, contact)}</section>
            """
        );

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Contact(AnswerTexts texts, string? contact) =>
        contact is null
            ? $"<p>{Text(texts.ContactUnnamed)}</p>"
            : $"""<p>{Text(texts.Contact)}<strong class="contact">{Text(contact)}</strong></p>""";

    private static string Section(Section section, AnswerForm form, AnswerTexts texts)
    {
        var shown = section.Questions.Where(question => form.Shown.Contains(question)).ToList();
        if (shown.Count == 0)
            return "";
        var title = section.Title.IsEmpty
            ? ""
            : $"""<h2 id="s-{section.Id}">{Text(section.Title.In(form.Language))}</h2>""";
        var label = section.Title.IsEmpty ? "" : $" aria-labelledby=\"s-{section.Id}\"";
        return $"""
            <section class="card"{label}>{title}
            {string.Concat(shown.Select(question => AnswerFields.Of(question, form, texts)))}</section>
            """;
    }

    private static string Save(AnswerForm form, AnswerTexts texts) =>
        form.CanSave
            ? $"""
                <button type="submit" name="{Fields.Action}" value="{Fields.Save}" aria-describedby="save-hint" formnovalidate>{Text(
                    texts.Save
                )}</button><p class="hint" id="save-hint">{Text(texts.SaveHint)}</p>
                """
            : "";

    private static string Faults(AnswerForm form, AnswerTexts texts) =>
        form.Faults.Count == 0
            ? ""
            : $"""<div class="notice bad" role="alert"><p>{Text(texts.FaultsTitle)}</p>{Links(form, form.Faults.ContainsKey)}</div>""";

    private static string Fresh(AnswerForm form, AnswerTexts texts) =>
        form.Fresh.Count == 0
            ? ""
            : $"""<div class="notice" role="status"><p>{Text(texts.FreshTitle)}</p>{Links(form, form.Fresh.Contains)}</div>""";

    private static string Links(AnswerForm form, Func<string, bool> which) =>
        $"<ul>{string.Concat(form.Shown.Where(q => which(q.Id)).Select(q => $"<li><a href=\"#q-{q.Id}\">{Text(q.Text.In(form.Language))}</a></li>"))}</ul>";

    private static string Frame(
        AnswerTexts texts,
        string language,
        IReadOnlyList<string> languages,
        string path,
        string title,
        string main
    )
    {
        var other = languages.Contains(texts.Other.Language)
            ? $"""<nav><a href="{Text(path)}?lang={texts.Other.Language}" lang="{texts.Other.Language}" hreflang="{texts.Other.Language}">{texts.Other.Name}</a></nav>"""
            : "";
        return $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="color-scheme" content="light dark">
            <title>{Text(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <header><p class="brand">{Text(texts.Brand)}</p>{other}</header>
            <main>
            {main}
            </main>
            <footer><p>{Text(texts.Privacy)}</p></footer>
            </body>
            </html>
            """;
    }

    private static string Filled(string text, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, text, values);

    private static string ReadStyle()
    {
        using var stream =
            typeof(AnswerPage).Assembly.GetManifestResourceStream("CustomerFeedback.Survey.Pages.AnswerPage.css")
            ?? throw new InvalidOperationException("The style sheet of the answer page is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
