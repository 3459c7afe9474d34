using CustomerFeedback.Survey.Domain.FollowingUp;

namespace CustomerFeedback.Survey.Tests.Domain.FollowingUp;

/// <summary>Which call is the last one.</summary>
public sealed class AttemptRulesTests
{
    [Theory]
    [InlineData("Complete")]
    [InlineData("Partial")]
    [InlineData("Refused")]
    [InlineData("WrongNumber")]
    public void Whoever_was_spoken_to_or_cannot_be_is_not_called_again(string outcome) =>
        AttemptRules.Ends(Enum.Parse<FollowUpOutcome>(outcome), attempts: 1, most: 3).ShouldBeTrue();

    [Fact]
    public void Nobody_answering_is_enough_after_so_many_calls()
    {
        AttemptRules.Ends(FollowUpOutcome.NoContact, attempts: 2, most: 3).ShouldBeFalse();
        AttemptRules.Ends(FollowUpOutcome.NoContact, attempts: 3, most: 3).ShouldBeTrue();
    }

    [Fact]
    public void Whoever_asks_to_be_called_later_is_called_later() =>
        AttemptRules.Ends(FollowUpOutcome.CallBack, attempts: 9, most: 3).ShouldBeFalse();

    [Fact]
    public void Only_a_call_that_asked_something_has_answers()
    {
        AttemptRules.HasAnswers(FollowUpOutcome.Complete).ShouldBeTrue();
        AttemptRules.HasAnswers(FollowUpOutcome.Partial).ShouldBeTrue();
        AttemptRules.HasAnswers(FollowUpOutcome.Refused).ShouldBeFalse();
        AttemptRules.HasAnswers(null).ShouldBeFalse();
    }
}
