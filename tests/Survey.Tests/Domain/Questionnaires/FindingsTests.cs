using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Tests.Domain.Questionnaires;

public sealed class FindingsTests
{
    [Theory]
    [InlineData("""{ "question": "r", "op": ">", "value": 5 }""", true)]
    [InlineData("""{ "question": "r", "op": ">=", "value": 5 }""", false)]
    [InlineData(
        """{ "all": [ { "question": "r", "op": "<", "value": 2 }, { "question": "r", "op": ">", "value": 4 } ] }""",
        true
    )]
    [InlineData(
        """{ "any": [ { "question": "r", "op": "<", "value": 2 }, { "question": "r", "op": ">", "value": 4 } ] }""",
        false
    )]
    [InlineData(
        """{ "all": [ { "question": "second", "op": "answered" }, { "question": "r", "op": ">", "value": 2 } ] }""",
        true
    )]
    [InlineData(
        """{ "all": [ { "question": "second", "op": "not_answered" }, { "question": "r", "op": ">", "value": 2 } ] }""",
        false
    )]
    [InlineData("""{ "question": "n", "op": ">", "value": 1000 }""", false)]
    [InlineData(
        """{ "all": [ { "question": "n", "op": ">", "value": 10 }, { "question": "n", "op": "<", "value": 3 } ] }""",
        true
    )]
    public void A_condition_that_no_answers_meet_is_found(string condition, bool unreachable) =>
        Findings
            .Of(
                Given.Asked(
                    Given.Rating("r"),
                    Given.Of("n", "number"),
                    Given.Of("second", "text", Given.If("""{ "question": "r", "op": "<=", "value": 2 }""")),
                    Given.Of("then", "text", Given.If(condition))
                )
            )
            .Any(finding => finding is { Rule: "unreachable", Question: "then" })
            .ShouldBe(unreachable);

    [Fact]
    public void Asking_before_what_it_depends_on_is_told()
    {
        var findings = Findings.Of(
            Given.Asked(
                Given.Of("early", "text", Given.If("""{ "question": "r", "op": "=", "value": 1 }""")),
                Given.Rating("r")
            )
        );

        findings.ShouldContain(finding => finding.Rule == "unreachable" && finding.Question == "early");
    }
}
