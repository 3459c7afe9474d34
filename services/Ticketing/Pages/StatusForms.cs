using CustomerFeedback.Ticketing.Features.StatusPage;
using static CustomerFeedback.Ticketing.Pages.StatusPage;

namespace CustomerFeedback.Ticketing.Pages;

/// <summary>What the customer may do now, as plain forms.</summary>
internal static class StatusForms
{
    /// <summary>What is asked of the customer now: comes first.</summary>
    public static string Asked(
        StatusView view,
        StatusTexts texts,
        string path,
        string lang,
        StatusDraft? draft,
        Func<DateTimeOffset, string> time
    ) =>
        string.Concat(
            view.Actions.Contains(StatusView.Confirm) ? Confirm(view, texts, $"{path}/confirmation{lang}", draft) : "",
            view.Actions.Contains(StatusView.Reject)
                ? Reject(view, texts, $"{path}/confirmation{lang}", draft, time)
                : "",
            IsAwaited(view) ? Message(view, texts, $"{path}/messages{lang}", draft) : ""
        );

    /// <summary>What they may do besides: comes last.</summary>
    public static string Offered(StatusView view, StatusTexts texts, string path, string lang, StatusDraft? draft) =>
        view.Actions.Contains(StatusView.Message) && !IsAwaited(view)
            ? Message(view, texts, $"{path}/messages{lang}", draft)
            : "";

    /// <summary>Why what was written is not taken.</summary>
    public static string WrongWith(StatusDraft draft, StatusTexts texts) =>
        draft.IsTooLong ? texts.TooLong : texts.Notices["incomplete"];

    private static bool IsAwaited(StatusView view) => view.State == "waiting_customer";

    private static string Confirm(StatusView view, StatusTexts texts, string action, StatusDraft? draft)
    {
        // Nobody should have to search for what they are asked to confirm.
        var solution = view.Progress.FirstOrDefault(step => step.Kind == "resolved")?.Text;
        var said = solution is null ? "" : $"<p class=\"said\">{Text(solution)}</p>";
        return $"""
            <section class="card ask" aria-labelledby="confirm"><h2 id="confirm">{Text(texts.ConfirmLabel)}</h2>{said}<p class="hint">{Text(texts.ConfirmHint)}</p>
            <form method="post" action="{action}"><input type="hidden" name="solved" value="true">
            <label for="confirm-note">{Text(
                texts.ConfirmNote
            )}</label>{Area("confirm-note", """name="note" rows="2" """, "", StatusView.Confirm, draft, texts)}
            <button class="primary" type="submit">{Text(texts.Solved)}</button></form></section>
            """;
    }

    private static string Reject(
        StatusView view,
        StatusTexts texts,
        string action,
        StatusDraft? draft,
        Func<DateTimeOffset, string> time
    )
    {
        var until = view.CanReopenUntil is { } end ? $"<p class=\"hint\">{Text(texts.ReopenUntil)}{time(end)}</p>" : "";
        return $"""
            <section class="card" aria-labelledby="reject"><h2 id="reject">{Text(texts.NotSolvedLabel)}</h2><p class="hint" id="reject-hint">{Text(
                texts.NotSolvedHint
            )}</p>{until}
            <form method="post" action="{action}"><input type="hidden" name="solved" value="false">
            <label for="reject-note">{Text(texts.NotSolvedNote)}</label>{Area("reject-note", """name="note" rows="3" required""", "reject-hint", StatusView.Reject, draft, texts)}
            <button type="submit">{Text(texts.NotSolved)}</button></form></section>
            """;
    }

    private static string Message(StatusView view, StatusTexts texts, string action, StatusDraft? draft)
    {
        // While we wait for the customer this is what the page is for.
        var asked = IsAwaited(view) ? " ask" : "";
        return $"""
            <section class="card{asked}" aria-labelledby="message"><h2 id="message">{Text(texts.MessageLabel)}</h2>
            <form method="post" action="{action}">
            <label for="message-text">{Text(
                texts.MessageText
            )}</label>{Area("message-text", """name="text" rows="3" required""", "message-hint", StatusView.Message, draft, texts)}
            <p class="hint" id="message-hint">{Text(texts.MessageHint)}</p>
            <button type="submit"{(asked.Length > 0 ? " class=\"primary\"" : "")}>{Text(
                texts.Send
            )}</button></form></section>
            """;
    }

    // Nothing is lost: what was written and could not be taken stands in its form again, with what is wrong.
    private static string Area(
        string id,
        string attributes,
        string hint,
        string action,
        StatusDraft? draft,
        StatusTexts texts
    )
    {
        var kept = draft?.Action == action ? draft : null;
        var wrong = kept is null ? "" : $"""<p class="wrong" id="{id}-wrong">{Text(WrongWith(kept, texts))}</p>""";
        var described = kept is null ? hint : $"{id}-wrong {hint}".TrimEnd();
        var says =
            (kept is null ? "" : " aria-invalid=\"true\"")
            + (described.Length == 0 ? "" : $" aria-describedby=\"{described}\"");
        // The first line break of a text area is none: one is given away, so that a text that begins with one keeps it.
        return $"""{wrong}<textarea id="{id}" {attributes} maxlength="4000"{says}>{(kept is null ? "" : Kept(kept.Text))}</textarea>""";

        static string Kept(string text) =>
            text.StartsWith('\n') || text.StartsWith('\r') ? $"\n{Text(text)}" : Text(text);
    }
}
