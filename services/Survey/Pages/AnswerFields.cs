using System.Globalization;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;
using static CustomerFeedback.Survey.Pages.AnswerPage;

namespace CustomerFeedback.Survey.Pages;

/// <summary>A question as form fields: every control labelled, what was answered or typed in its place, what is wrong beside it.</summary>
internal static class AnswerFields
{
    public static string Of(Question question, AnswerForm form, AnswerTexts texts)
    {
        var fault = Fault(question, form, texts);
        var body = question.Type switch
        {
            QuestionType.Rating or QuestionType.Nps or QuestionType.Ces => Scale(question, form)
                + NotApplicable(question, form, texts, "radio")
                + Remark(question, form, texts),
            QuestionType.YesNo => Choice(question, "yes", texts.Yes, form, "radio")
                + Choice(question, "no", texts.No, form, "radio")
                + NotApplicable(question, form, texts, "radio")
                + Remark(question, form, texts),
            QuestionType.Single => Options(question, form, texts, "radio"),
            QuestionType.Multi => Options(question, form, texts, "checkbox"),
            QuestionType.Matrix => Matrix(question, form, texts),
            QuestionType.Text or QuestionType.Number or QuestionType.Date => null,
        };
        var kind = question.Type is QuestionType.YesNo ? " brief" : "";
        return body is null
            ? $"""<div class="q" id="q-{question.Id}">{Open(question, form, texts)}{fault}</div>"""
            : $"""
                <fieldset class="q{kind}" id="q-{question.Id}"{Described(question, form)}><legend>{Heading(
                    question,
                    form,
                    texts
                )}</legend>{fault}{body}</fieldset>
                """;
    }

    private static string Heading(Question question, AnswerForm form, AnswerTexts texts)
    {
        var fresh = form.Fresh.Contains(question.Id) ? $" <span class=\"mark\">{Text(texts.FreshMark)}</span>" : "";
        var required = question.Required ? $" <span class=\"must\">{Text(texts.Required)}</span>" : "";
        return $"{Text(question.Text.In(form.Language))}{required}{fresh}";
    }

    private static string Fault(Question question, AnswerForm form, AnswerTexts texts) =>
        form.Faults.TryGetValue(question.Id, out var code)
            ? $"<p class=\"fault\" id=\"f-{question.Id}\">{Text(texts.Faults.GetValueOrDefault(code) ?? texts.Faults[""])}</p>"
            : "";

    private static string Described(Question question, AnswerForm form) =>
        form.Faults.ContainsKey(question.Id) ? $" aria-describedby=\"f-{question.Id}\"" : "";

    private static string Scale(Question question, AnswerForm form)
    {
        var field = Fields.Answer(question.Id);
        return Points(question, field, form.First(field), form.Language);
    }

    // Five points carry their labels; longer scales show the labels of their ends below.
    private static string Points(Question question, string field, string given, string language)
    {
        var each = question.Points.Count() <= Questionnaire.UsualScale;
        var points = question.Points.Select(point =>
        {
            var value = point.ToString(CultureInfo.InvariantCulture);
            var label = question.Labels.TryGetValue(point, out var text) ? Text(text.In(language)) : "";
            var words = label.Length == 0 ? "" : $"<span class=\"{(each ? "l" : "unseen")}\">{label}</span>";
            return $"<label class=\"point\"><input type=\"radio\" name=\"{field}\" value=\"{value}\"{Checked(given == value)}><span class=\"n\">{value}</span>{words}</label>";
        });
        var ends = each ? "" : Ends(question, language);
        return $"<div class=\"points of{question.Points.Count()}\">{string.Concat(points)}</div>{ends}";
    }

    private static string Ends(Question question, string language)
    {
        var (lowest, highest) = question.Range!.Value;
        return question.Labels.TryGetValue(lowest, out var low) && question.Labels.TryGetValue(highest, out var high)
            ? $"<p class=\"ends\" aria-hidden=\"true\"><span>{lowest} {Text(low.In(language))}</span><span>{highest} {Text(high.In(language))}</span></p>"
            : "";
    }

    private static string NotApplicable(Question question, AnswerForm form, AnswerTexts texts, string control)
    {
        if (!question.AllowNa)
            return "";
        var field = Fields.Answer(question.Id);
        var given = form.Of(field).Contains(Fields.NotApplicable);
        return $"<label class=\"na\"><input type=\"{control}\" name=\"{field}\" value=\"{Fields.NotApplicable}\"{Checked(given)}><span>{Text(texts.NotApplicable)}</span></label>";
    }

    private static string Options(Question question, AnswerForm form, AnswerTexts texts, string control)
    {
        var options = question.Options.Select(option =>
            Choice(question, option.Id, option.Text.In(form.Language), form, control)
        );
        var other = question.Options.Any(option => option.Other) ? Words(question, form, texts.OtherWords, texts) : "";
        return string.Concat(options) + NotApplicable(question, form, texts, control) + other;
    }

    private static string Choice(Question question, string value, string text, AnswerForm form, string control)
    {
        var field = Fields.Answer(question.Id);
        return $"<label class=\"choice\"><input type=\"{control}\" name=\"{field}\" value=\"{value}\"{Checked(form.Of(field).Contains(value))}><span>{Text(text)}</span></label>";
    }

    private static string Matrix(Question question, AnswerForm form, AnswerTexts texts)
    {
        var rows = question.Rows.Select(row =>
        {
            var field = Fields.Row(question.Id, row.Id);
            var given = form.First(field);
            var na = question.AllowNa
                ? $"<label class=\"na\"><input type=\"radio\" name=\"{field}\" value=\"{Fields.NotApplicable}\"{Checked(given == Fields.NotApplicable)}><span>{Text(texts.NotApplicable)}</span></label>"
                : "";
            return $"<fieldset class=\"row\"><legend>{Text(row.Text.In(form.Language))}</legend>{Points(question, field, given, form.Language)}{na}</fieldset>";
        });
        return string.Concat(rows);
    }

    private static string Remark(Question question, AnswerForm form, AnswerTexts texts) =>
        question.Remark
            ? Words(
                question,
                form,
                question.RemarkText.IsEmpty ? texts.Remark : question.RemarkText.In(form.Language),
                texts
            )
            : "";

    private static string Words(Question question, AnswerForm form, string label, AnswerTexts texts)
    {
        var field = Fields.Words(question.Id);
        return $"""
            <label class="words"><span>{Text(label)} <small>{Text(texts.Optional)}</small></span><textarea name="{field}" rows="2" maxlength="{AnswerReader.LongestText}">{Text(
                form.First(field)
            )}</textarea></label>
            """;
    }

    // Numbers are typed as text, so that what is wrong can be shown again.
    private static string Open(Question question, AnswerForm form, AnswerTexts texts)
    {
        var (field, id) = (Fields.Answer(question.Id), $"i-{question.Id}");
        var optional = question.Required ? "" : $" <small>{Text(texts.Optional)}</small>";
        var label = $"<label class=\"ask\" for=\"{id}\">{Heading(question, form, texts)}{optional}</label>";
        var value = Text(form.First(field));
        var wrong = form.Faults.ContainsKey(question.Id) ? $"{Described(question, form)} aria-invalid=\"true\"" : "";
        return label
            + question.Type switch
            {
                QuestionType.Number =>
                    $"<input id=\"{id}\" type=\"text\" inputmode=\"decimal\" name=\"{field}\" value=\"{value}\"{wrong}>",
                QuestionType.Date => $"<input id=\"{id}\" type=\"date\" name=\"{field}\" value=\"{value}\"{wrong}>",
                _ =>
                    $"<textarea id=\"{id}\" name=\"{field}\" rows=\"3\" maxlength=\"{AnswerReader.LongestText}\"{wrong}>\n{value}</textarea>",
            };
    }

    private static string Checked(bool given) => given ? " checked" : "";
}
