using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class SubjectLineTests
{
    [Theory]
    [InlineData("订单 A-1001 少发一件。请今天补发！", "订单 A-1001 少发一件")]
    [InlineData("  The app crashes when I pay.\nVersion 3.2", "The app crashes when I pay.")]
    [InlineData("在吗", "在吗")]
    [InlineData("???", "???")]
    public void It_is_the_first_sentence(string what, string subject) => SubjectLine.Of(what).ShouldBe(subject);

    [Fact]
    public void A_long_one_is_cut_between_words()
    {
        SubjectLine
            .Of("The parcel that was promised for Monday has still not arrived at our office")
            .ShouldBe("The parcel that was promised for Monday…");
        var chinese = SubjectLine.Of(new string('长', 90));
        chinese.ShouldBe(new string('长', 40) + "…");
        SubjectLine
            .Of(string.Concat(Enumerable.Repeat("😀", 50)))
            .ShouldBe(string.Concat(Enumerable.Repeat("😀", 40)) + "…");
    }
}
