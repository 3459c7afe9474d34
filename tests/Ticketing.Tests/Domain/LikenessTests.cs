using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Tests.Domain;

/// <summary>What makes two tickets look like one, in words that a person can check.</summary>
public sealed class LikenessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static Likeness.Told Told(string words, string? order = null, double hours = 0) =>
        new(words, order, Noon.AddHours(hours));

    [Fact]
    public void The_same_words_are_alike_and_other_words_are_not()
    {
        Likeness.Of(Told("耳机漏发一件"), Told("耳机漏发一件")).Score.ShouldBe(1);
        Likeness.Of(Told("耳机漏发一件"), Told("发票抬头错误")).Score.ShouldBeLessThan(0.2);
        Likeness.Of(Told("headphones missing"), Told("HEADPHONES missing!")).Score.ShouldBe(1);
        Likeness.Of(Told(""), Told("")).Score.ShouldBe(0, "nothing said is nothing in common");
    }

    [Fact]
    public void It_is_the_same_from_either_side()
    {
        var (one, two) = (Told("订单少发了一件耳机"), Told("耳机少了一件，请补发"));
        Likeness.Of(one, two).Score.ShouldBe(Likeness.Of(two, one).Score);
    }

    [Fact]
    public void The_same_order_adds_to_it_but_never_beyond_one()
    {
        var words = Likeness.Of(Told("订单少发了一件"), Told("少了一件东西"));
        var order = Likeness.Of(Told("订单少发了一件", "A-1"), Told("少了一件东西", "A-1"));
        order.Score.ShouldBe(words.Score + 0.2, 0.011);
        Likeness.Of(Told("一样", "A-1"), Told("一样", "A-1")).Score.ShouldBe(1);
        Likeness.Of(Told("一样的话", "A-1"), Told("别的事情", "A-2")).Reason.ShouldNotContain("order");
    }

    [Theory]
    [InlineData(0.001, "less than a minute after")]
    [InlineData(0.5, "30 min after")]
    [InlineData(-3.2, "3 h before")]
    [InlineData(70, "70 h after")]
    public void The_reason_is_in_plain_words(double hours, string apart) =>
        Likeness
            .Of(Told("一样", "A-1"), Told("一样", "A-1", hours))
            .Reason.ShouldBe($"same customer, 100 % of the words alike, same order A-1, opened {apart}");
}
