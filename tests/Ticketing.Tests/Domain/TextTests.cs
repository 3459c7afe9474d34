using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Tests.Domain;

public sealed class TextTests
{
    [Theory]
    [InlineData("订单漏发了一件耳机", "漏发")]
    [InlineData("订单漏发了一件耳机", "耳")]
    [InlineData("Order A-1001 is short", "ORDER")]
    [InlineData("订单Ａ－１００１", "1001")]
    [InlineData("手机屏幕😀碎了", "碎了")]
    public void What_a_text_contains_is_among_its_pairs(string text, string asked) =>
        Bigrams.Of(asked).ShouldBeSubsetOf(Bigrams.Of(text));

    [Theory]
    [InlineData("订单 漏发", "单漏")]
    [InlineData("一. 二", "一二")]
    public void Pairs_do_not_reach_over_blanks_and_signs(string text, string asked) =>
        Bigrams.Of(asked).Except(Bigrams.Of(text)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 0)]
    [InlineData("耳", 1)]
    [InlineData("\ud83d", 0)]
    public void Very_short_texts_have_few_pairs(string text, int pairs) => Bigrams.Of(text).Length.ShouldBe(pairs);
}
