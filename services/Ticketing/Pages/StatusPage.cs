using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Features.StatusPage;
using NodaTime;

namespace CustomerFeedback.Ticketing.Pages;

/// <summary>The customer's page: plain HTML and one style sheet, no script.</summary>
internal static class StatusPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>Nothing but our own style and forms that come back to us.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Of(
        StatusView view,
        StatusTexts texts,
        string token,
        string? notice,
        PageZone zone,
        StatusDraft? draft = null
    )
    {
        var (headline, next) = texts.States[WordingOf(view)];
        var until = view.WaitsUntil is { } time
            ? $" <span class=\"until\">{texts.Until} {Time(time, texts, zone)}</span>"
            : "";
        var (path, lang) = ($"/status/{token}", $"?lang={texts.Language}");
        var main = $"""
            {(notice is null ? "" : $"""<p class="notice" role="status">{Text(notice)}</p>""")}{(
                draft is null
                    ? ""
                    : $"""<p class="notice wrong" role="alert">{Text(StatusForms.WrongWith(draft, texts))}</p>"""
            )}
            <section class="card state" aria-labelledby="state">
              {Identity(view, texts, zone)}
              <h1 id="state">{Text(headline)}{until}</h1>
              <p class="next">{Text(string.Format(CultureInfo.InvariantCulture, next, view.MergedInto))}</p>
              {Stages(view, texts)}
            </section>
            {Area("asked", StatusForms.Asked(view, texts, path, lang, draft, time => Time(time, texts, zone)))}
            {Area("promised", Promises(view, texts, zone))}
            {Area("told", Progress(view, texts, zone))}
            {Area("offered", StatusForms.Offered(view, texts, path, lang, draft))}
            """;
        return Frame(
            texts,
            path,
            main,
            $"{string.Format(CultureInfo.InvariantCulture, texts.Zone, zone.Name)}<br>{Text(texts.Privacy)}"
        );
    }

    public static string NoSuchLink(StatusTexts texts) =>
        Frame(
            texts,
            "",
            $"""
            <section class="card state"><h1>{Text(texts.NoSuchLink.Title)}</h1><p class="next">{Text(
                texts.NoSuchLink.Text
            )}</p></section>
            """,
            ""
        );

    private static string Frame(StatusTexts texts, string path, string main, string foot) =>
        $"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="color-scheme" content="light dark">
            <title>{Text(texts.Title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <header><p class="brand">{Text(
                texts.Title
            )}</p><nav><a href="{path}?lang={texts.Other.Language}" lang="{texts.Other.Language}" hreflang="{texts.Other.Language}">{texts.Other.Name}</a></nav></header>
            <main>
            {main}
            </main>
            <footer><p>{foot}</p></footer>
            </body>
            </html>
            """;

    private static string Area(string name, string content) =>
        content.Length == 0 ? "" : $"<div class=\"{name}\">{content}</div>";

    // The state, seen from the customer's side.
    private static string WordingOf(StatusView view) =>
        view switch
        {
            { WaitsFor: PauseReason.CustomerScheduled } => "customer_scheduled",
            { State: "resolved", Confirmation: Confirmation.Confirmed } => "confirmed",
            { State: "closed", Confirmation: Confirmation.BySilence } => "by_silence",
            { MergedInto: not null } => "merged",
            _ => view.State,
        };

    private static string Identity(StatusView view, StatusTexts texts, PageZone zone)
    {
        if (view.Number is null || view.ReceivedAt is not { } received)
            return "";
        var subject = view.Subject is null ? "" : $"""<p class="subject">{Text(view.Subject)}</p>""";
        return $"""
            <dl class="identity"><div><dt>{Text(texts.NumberLabel)}</dt><dd class="number">{Text(view.Number)}</dd></div><div><dt>{Text(
                texts.ReceivedLabel
            )}</dt><dd>{Time(received, texts, zone)}</dd></div></dl>{subject}
            """;
    }

    private static string Stages(StatusView view, StatusTexts texts)
    {
        if (view.State == "cancelled")
            return "";
        var reached = view.State switch
        {
            "received" or "new" or "assigned" => 0,
            "resolved" => 2,
            "closed" => 3,
            _ => 1,
        };
        var items = texts.Stages.Select(
            (stage, i) =>
                $"<li class=\"{(i < reached ? "past" : i == reached ? "now" : "ahead")}\"{(i == reached ? " aria-current=\"step\"" : "")}>{Text(stage)}</li>"
        );
        return $"<ol class=\"stages\" aria-label=\"{Text(texts.StagesLabel)}\">{string.Concat(items)}</ol>";
    }

    private static string Promises(StatusView view, StatusTexts texts, PageZone zone)
    {
        if (view.Promises.Count == 0)
            return "";
        var items = view.Promises.Select(promise =>
            $"""
            <li class="{promise.Outcome}"><span class="what">{Text(texts.Promises[promise.Clock])}</span><span class="when">{(
                promise.DueAt is { } due ? Time(due, texts, zone) : ""
            )}</span><span class="outcome">{Text(texts.Outcomes[promise.Outcome])}</span></li>
            """
        );
        return $"""
            <section class="card" aria-labelledby="promises"><h2 id="promises">{Text(texts.PromisesLabel)}</h2><ul class="promises">{string.Concat(
                items
            )}</ul></section>
            """;
    }

    private static string Progress(StatusView view, StatusTexts texts, PageZone zone)
    {
        if (view.Progress.Count == 0)
            return "";
        var items = view.Progress.Select(step =>
        {
            var said = step.Text is null ? "" : $"<p class=\"said\">{Text(step.Text)}</p>";
            var estimate = step.NewEstimate is { } at
                ? $"<p class=\"estimate\">{Text(texts.NewEstimate)}{Time(at, texts, zone)}</p>"
                : "";
            var whose = step.Kind is "customer_message" or "confirmed" or "rejected" ? "yours" : "ours";
            return $"<li class=\"{whose}\"><p class=\"step\">{Text(texts.Steps[step.Kind])}</p>{said}{estimate}<p class=\"at\">{Time(step.At, texts, zone)}</p></li>";
        });
        return $"""
            <section class="card" aria-labelledby="progress"><h2 id="progress">{Text(texts.ProgressLabel)}</h2><ol class="progress">{string.Concat(
                items
            )}</ol></section>
            """;
    }

    private static string Time(DateTimeOffset at, StatusTexts texts, PageZone zone) =>
        $"<time datetime=\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{zone.Format(at, texts.DateForm)}</time>";

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string ReadStyle()
    {
        using var stream =
            typeof(StatusPage).Assembly.GetManifestResourceStream("CustomerFeedback.Ticketing.Pages.StatusPage.css")
            ?? throw new InvalidOperationException("The style sheet of the status page is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>The zone that a page shows times in.</summary>
internal sealed record PageZone(string Name)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[Name];

    public string Format(DateTimeOffset at, string form) =>
        Instant
            .FromDateTimeOffset(at)
            .InZone(_zone)
            .ToDateTimeUnspecified()
            .ToString(form, CultureInfo.InvariantCulture);
}
