using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;
using CustomerFeedback.Survey.Domain.Recovery;

namespace CustomerFeedback.Survey.Tests.Domain.Recovery;

public sealed class RecoveryRulesTests
{
    private static readonly RecoveryRules First = StoredJson.Read<RecoveryRules>(Seeds.Read("recovery-rules.1"));
    private static readonly Questionnaire Built = Questionnaire.Of(
        StoredJson.Read<QuestionnaireSpec>(Seeds.Read("ticket-satisfaction.1"))
    );

    [Theory]
    [InlineData("""{ "overall": 2 }""", "low-score")]
    [InlineData("""{ "overall": 5, "clarity": 2 }""", "low-score")]
    [InlineData("""{ "overall": 3, "clarity": 3 }""", null)]
    [InlineData("""{ "overall": 5, "nps": 6 }""", null)]
    [InlineData("""{ "overall": 5, "nps": { "value": 6, "remark": "too dear" } }""", "detractor-with-reason")]
    [InlineData("""{ "overall": 5, "nps": 7, "comment": "too dear" }""", null)]
    [InlineData("""{ "overall": 5, "solved": false }""", "not-solved")]
    [InlineData("""{ "overall": 5, "solved": true }""", null)]
    [InlineData("""{ "overall": 4, "comment": "耳机又坏了" }""", "described-problem")]
    [InlineData("""{ "overall": 4, "comment": "It is STILL BROKEN." }""", "described-problem")]
    [InlineData("""{ "overall": 5, "comment": "没有故障，谢谢" }""", null)]
    [InlineData("""{ "overall": "na" }""", null)]
    public void The_first_rules_find_what_must_not_be_left_alone(string answers, string? rule) =>
        First.Decide(Built.Sheet(answers), null)?.RuleId.ShouldBe(rule);

    [Theory]
    [InlineData("""{ "overall": 1, "comment": "快递太慢" }""", "product_quality", "logistics")]
    [InlineData("""{ "overall": 1, "comment": "质量不好" }""", null, "product")]
    [InlineData("""{ "overall": 1 }""", "product_quality", "product")]
    [InlineData("""{ "overall": 1 }""", "logistics", "logistics")]
    [InlineData("""{ "overall": 1, "attitude": 1 }""", null, "service")]
    public void The_topic_says_who_is_responsible(string answers, string? subcategory, string department) =>
        First.Decide(Built.Sheet(answers), subcategory)!.Department.ShouldBe(department);

    [Fact]
    public void A_dimension_is_the_mean_of_its_questions_read_on_five_points()
    {
        var questionnaire = Given.Asked(
            Given.Rating("a", "attitude"),
            Given.Rating("b", "attitude"),
            Given.Of("c", "rating", ", \"scale\": 10, \"dimension\": \"price\"")
        );

        First.Decide(questionnaire.Sheet("""{ "a": 1, "b": 4 }"""), null).ShouldBeNull();
        First.Decide(questionnaire.Sheet("""{ "a": 1, "b": 3 }"""), null)!.Reasons.ShouldBe(["dimension:attitude<=2"]);
        First.Decide(questionnaire.Sheet("""{ "c": 4 }"""), null).ShouldBeNull();
        First.Decide(questionnaire.Sheet("""{ "c": 3 }"""), null)!.Reasons.ShouldBe(["dimension:price<=2"]);
    }
}
