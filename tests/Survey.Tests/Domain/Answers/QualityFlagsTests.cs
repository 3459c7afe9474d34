using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Tests.Domain.Answers;

public sealed class QualityFlagsTests
{
    private static readonly Questionnaire Five = Given.Asked(
        Given.Rating("a"),
        Given.Rating("b"),
        Given.Rating("c"),
        Given.Rating("d"),
        Given.Of("t", "text")
    );

    [Theory]
    [InlineData("""{ "a": 5, "b": 5, "c": 5, "d": 5 }""", 60, "straight_lined")]
    [InlineData("""{ "a": 5, "b": 5, "c": 5 }""", 60, "")]
    [InlineData("""{ "a": 5, "b": 5, "c": 5, "d": 4 }""", 60, "")]
    [InlineData("""{ "a": "na", "b": "na" }""", 60, "all_na")]
    [InlineData("""{ "a": "na", "t": "x" }""", 60, "")]
    [InlineData("""{ "a": 4 }""", 1, "too_fast")]
    [InlineData("""{ "a": 4 }""", null, "")]
    [InlineData("{}", 60, "")]
    public void Marks_are_set_where_they_belong(string answers, int? seconds, string flags) =>
        string.Join(' ', QualityFlags.Of(Five.Sheet(answers), seconds is { } s ? TimeSpan.FromSeconds(s) : null, "en"))
            .ShouldBe(flags);

    [Fact]
    public void Two_characters_read_like_a_word()
    {
        ReadingTime.Words("您的问题解决了吗？").ShouldBe(4);
        ReadingTime.Words("Is your problem solved?").ShouldBe(4);
    }
}
