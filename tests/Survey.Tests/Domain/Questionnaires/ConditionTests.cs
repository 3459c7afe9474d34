namespace CustomerFeedback.Survey.Tests.Domain.Questionnaires;

public sealed class ConditionTests
{
    private const string Choices =
        ", \"options\": [ { \"id\": \"x\", \"text\": { \"en\": \"x\" } }, { \"id\": \"y\", \"text\": { \"en\": \"y\" } } ]";

    [Theory]
    [InlineData("""{ "question": "r", "op": "<=", "value": 3 }""", """{ "r": 3 }""", true)]
    [InlineData("""{ "question": "r", "op": "<=", "value": 3 }""", """{ "r": 4 }""", false)]
    [InlineData("""{ "question": "r", "op": "<=", "value": 3 }""", """{ "r": "na" }""", false)]
    [InlineData("""{ "question": "r", "op": "<=", "value": 3 }""", "{}", false)]
    [InlineData("""{ "question": "r", "op": "!=", "value": 3 }""", "{}", false)]
    [InlineData("""{ "question": "r", "op": "!=", "value": 3 }""", """{ "r": 5 }""", true)]
    [InlineData("""{ "question": "r", "op": "in", "value": [1, 5] }""", """{ "r": 5 }""", true)]
    [InlineData("""{ "question": "r", "op": "answered" }""", """{ "r": "na" }""", true)]
    [InlineData("""{ "question": "r", "op": "not_answered" }""", "{}", true)]
    [InlineData("""{ "question": "y", "op": "=", "value": false }""", """{ "y": false }""", true)]
    [InlineData("""{ "question": "y", "op": "=", "value": true }""", """{ "y": false }""", false)]
    [InlineData("""{ "question": "m", "op": "contains", "value": "x" }""", """{ "m": ["y", "x"] }""", true)]
    [InlineData("""{ "question": "m", "op": "not_in", "value": ["x"] }""", """{ "m": ["y"] }""", true)]
    [InlineData(
        """{ "all": [ { "question": "r", "op": ">", "value": 2 }, { "question": "y", "op": "=", "value": true } ] }""",
        """{ "r": 3 }""",
        false
    )]
    [InlineData(
        """{ "any": [ { "question": "r", "op": ">", "value": 2 }, { "question": "y", "op": "=", "value": true } ] }""",
        """{ "r": 3 }""",
        true
    )]
    [InlineData(
        """{ "all": [ { "question": "r", "op": ">", "value": 2 }, { "any": [ { "question": "y", "op": "=", "value": true }, { "question": "m", "op": "answered" } ] } ] }""",
        """{ "r": 3, "m": ["x"] }""",
        true
    )]
    public void A_question_is_asked_where_its_condition_holds(string condition, string answers, bool asked) =>
        Given
            .Asked(
                Given.Rating("r"),
                Given.Of("y", "yes_no"),
                Given.Of("m", "multi", Choices),
                Given.Of("then", "text", Given.If(condition))
            )
            .Sheet(answers)
            .Shown.Any(question => question.Id == "then")
            .ShouldBe(asked);

    [Fact]
    public void What_was_not_asked_was_not_answered()
    {
        var sheet = Given
            .Asked(
                Given.Rating("r"),
                Given.Of("why", "text", Given.If("""{ "question": "r", "op": "<=", "value": 2 }""")),
                Given.Of("more", "text", Given.If("""{ "question": "why", "op": "answered" }"""))
            )
            .Sheet("""{ "r": 5, "why": "left over", "more": "too" }""");

        sheet.Shown.Select(question => question.Id).ShouldBe(["r"]);
        sheet.Answers.Keys.ShouldBe(["r"]);
    }
}
