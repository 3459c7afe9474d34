using System.Text.Json;
using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Tests.Domain.Answers;

public sealed class AnswerReaderTests
{
    private const string Choices =
        ", \"options\": [ { \"id\": \"x\", \"text\": { \"en\": \"x\" } }, { \"id\": \"other\", \"text\": { \"en\": \"o\" }, \"other\": true } ]";
    private static readonly string[] Questions =
    [
        Given.Rating("rating"),
        Given.Of("nps", "nps"),
        Given.Of("ces", "ces"),
        Given.Of("single", "single", Choices),
        Given.Of("multi", "multi", Choices),
        Given.Of("yes_no", "yes_no"),
        Given.Of("text", "text"),
        Given.Of("number", "number"),
        Given.Of("date", "date"),
        Given.Of(
            "matrix",
            "matrix",
            ", \"allowNa\": true, \"rows\": [ { \"id\": \"r1\", \"text\": { \"en\": \"1\" } }, { \"id\": \"r2\", \"text\": { \"en\": \"2\" } } ]"
        ),
    ];

    [Theory]
    [InlineData("rating", "0", "out_of_range")]
    [InlineData("rating", "2.5", "out_of_range")]
    [InlineData("rating", "\"5\"", "wrong_type")]
    [InlineData("nps", "11", "out_of_range")]
    [InlineData("nps", "\"na\"", "na_not_allowed")]
    [InlineData("ces", "8", "out_of_range")]
    [InlineData("single", "\"z\"", "unknown_option")]
    [InlineData("single", "[\"x\"]", "wrong_type")]
    [InlineData("multi", "[\"x\",\"z\"]", "unknown_option")]
    [InlineData("multi", "\"x\"", "wrong_type")]
    [InlineData("yes_no", "\"perhaps\"", "wrong_type")]
    [InlineData("text", "5", "wrong_type")]
    [InlineData("number", "1e300", "out_of_range")]
    [InlineData("date", "\"2026-02-30\"", "invalid_date")]
    [InlineData("matrix", "{\"r9\":1}", "unknown_row")]
    [InlineData("matrix", "5", "wrong_type")]
    [InlineData("rating", "{\"value\":3,\"weather\":1}", "unknown_member")]
    public void What_cannot_be_read_is_said(string question, string value, string code)
    {
        AnswerReader.Read(Given.Asked(Questions), Json(question, value), out var faults);
        faults.ShouldHaveSingleItem().Code.ShouldBe(code);
        faults[0].Pointer.ShouldStartWith($"/{question}");
    }

    [Fact]
    public void Every_type_has_its_plain_value_and_its_longer_form()
    {
        var sheet = Given
            .Asked(Questions)
            .Sheet(
                """
                { "rating": { "na": true, "remark": "never met" }, "nps": 0, "ces": 7, "single": { "value": "other", "other": "else" }, "multi": ["x"], "yes_no": false,
                  "text": "  hello ", "number": -2.5, "date": "2026-11-21", "matrix": { "r1": 4, "r2": "na" } }
                """
            );

        sheet["rating"].ShouldBe(Answer.Na with { Text = "never met" });
        (sheet["nps"]!.Value, sheet["ces"]!.Value, sheet["yes_no"]!.Value, sheet["number"]!.Value).ShouldBe(
            (0, 7, 0, -2.5)
        );
        (sheet["single"]!.Choices[0], sheet["single"]!.Text).ShouldBe(("other", "else"));
        (sheet["text"]!.Text, sheet["date"]!.Text).ShouldBe(("hello", "2026-11-21"));
        sheet["matrix"]!.Rows!["r2"].NotApplicable.ShouldBeTrue();
        sheet.Scores.Select(score => (score.Question, score.Value)).ShouldBe([("matrix.r1", 4.0)]);
    }

    [Fact]
    public void Null_and_blanks_are_no_answers() =>
        Given.Asked(Questions).Sheet("""{ "rating": null, "text": "  ", "multi": [] }""").Answers.ShouldBeEmpty();

    private static Dictionary<string, JsonElement> Json(string question, string value) =>
        new() { [question] = JsonElement.Parse(value) };
}
