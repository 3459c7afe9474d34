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
        Func<DateTimeOffset, string> time
    ) =>
        string.Concat(
            view.Actions.Contains(StatusView.Confirm) ? Confirm(view, texts, $"{path}/confirmation{lang}") : "",
            view.Actions.Contains(StatusView.Reject) ? Reject(view, texts, $"{path}/confirmation{lang}", time) : "",
            IsAwaited(view) ? Message(view, texts, $"{path}/messages{lang}") : ""
        );

    /// <summary>What they may do besides: comes last.</summary>
    public static string Offered(StatusView view, StatusTexts texts, string path, string lang) =>
        view.Actions.Contains(StatusView.Message) && !IsAwaited(view)
            ? Message(view, texts, $"{path}/messages{lang}")
            : "";

    private static bool IsAwaited(StatusView view) => view.State == "waiting_customer";

    private static string Confirm(StatusView view, StatusTexts texts, string action)
    {
        // Nobody should have to search for what they are asked to confirm.
        var solution = view.Progress.FirstOrDefault(step => step.Kind == "resolved")?.Text;
        var said = solution is null ? "" : $"<p class=\"said\">{Text(solution)}</p>";
        return $"""
            <section class="card ask" aria-labelledby="confirm"><h2 id="confirm">{Text(texts.ConfirmLabel)}</h2>{said}<p class="hint">{Text(texts.ConfirmHint)}</p>
            <form method="post" action="{action}"><input type="hidden" name="solved" value="true">
            <label for="confirm-note">{Text(
                texts.ConfirmNote
            )}</label><textarea id="confirm-note" name="note" rows="2" maxlength="4000"></textarea>
            <button class="primary" type="submit">{Text(texts.Solved)}</button></form></section>
            """;
    }

    private static string Reject(StatusView view, StatusTexts texts, string action, Func<DateTimeOffset, string> time)
    {
        var until = view.CanReopenUntil is { } end ? $"<p class=\"hint\">{Text(texts.ReopenUntil)}{time(end)}</p>" : "";
        return $"""
            <section class="card" aria-labelledby="reject"><h2 id="reject">{Text(texts.NotSolvedLabel)}</h2><p class="hint" id="reject-hint">{Text(
                texts.NotSolvedHint
            )}</p>{until}
            <form method="post" action="{action}"><input type="hidden" name="solved" value="false">
            <label for="reject-note">{Text(texts.NotSolvedNote)}</label><textarea id="reject-note" name="note" rows="3" maxlength="4000" required aria-describedby="reject-hint"></textarea>
            <button type="submit">{Text(texts.NotSolved)}</button></form></section>
            """;
    }

    private static string Message(StatusView view, StatusTexts texts, string action)
    {
        // While we wait for the customer this is what the page is for.
        var asked = IsAwaited(view) ? " ask" : "";
        return $"""
            <section class="card{asked}" aria-labelledby="message"><h2 id="message">{Text(texts.MessageLabel)}</h2>
            <form method="post" action="{action}">
            <label for="message-text">{Text(
                texts.MessageText
            )}</label><textarea id="message-text" name="text" rows="3" maxlength="4000" required aria-describedby="message-hint"></textarea>
            <p class="hint" id="message-hint">{Text(texts.MessageHint)}</p>
            <button type="submit"{(asked.Length > 0 ? " class=\"primary\"" : "")}>{Text(
                texts.Send
            )}</button></form></section>
            """;
    }
}
