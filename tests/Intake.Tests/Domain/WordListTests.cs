using CustomerFeedback.Intake.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerFeedback.Intake.Tests.Domain;

public class WordListTests
{
    [Theory]
    [InlineData("down", "The site is DOWN again", true)]
    [InlineData("down", "I want to download it", false)]
    [InlineData("down", "download, then down.", true)]
    [InlineData("late", "later", false)]
    [InlineData("refund*", "Refunds, please", true)]
    [InlineData("refund*", "prerefund", false)]
    [InlineData("漏发", "订单漏发一件", true)]
    [InlineData("漏发", "订单少发一件", false)]
    [InlineData("App崩溃", "你们的app崩溃了", true)]
    [InlineData("!!", "什么服务!!", true)]
    [InlineData("12315", "我要打12315", true)]
    [InlineData("12315", "订单1231599", false)]
    public void Latin_words_match_whole_and_chinese_words_anywhere(string word, string text, bool found)
    {
        new WordList([word]).AnyIn(text).ShouldBe(found);
        new WordList([word]).AllIn(text).ShouldBe(found);
    }

    [Fact]
    public void All_wants_every_word_and_any_wants_one()
    {
        var words = new WordList(["订单", "refund"]);
        words.AnyIn("订单").ShouldBeTrue();
        words.AllIn("订单").ShouldBeFalse();
        words.AllIn("订单 refund").ShouldBeTrue();
    }

    [Fact]
    public void A_word_between_blanks_is_always_found() =>
        Prop.ForAll<NonEmptyString, NonEmptyString>(
                (before, after) => new WordList(["zebra"]).AnyIn($"{before.Get} ZEBRA {after.Get}").ShouldBeTrue()
            )
            .QuickCheckThrowOnFailure();
}
