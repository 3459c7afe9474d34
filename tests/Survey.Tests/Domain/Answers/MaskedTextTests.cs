using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Tests.Domain.Answers;

public sealed class MaskedTextTests
{
    [Theory]
    [InlineData("请打 13800001234 找我", "请打 138****1234 找我")]
    [InlineData("call +86 138-0000-1234 please", "call +86 1**-****-1234 please")]
    [InlineData("card 6222020200112233445", "card 622************3445")]
    [InlineData("mail zhang.wei@example.com", "mail z***@example.com")]
    [InlineData(
        "订单 A-1001 于 2026-11-21 少发 3 件，退 199.00 元",
        "订单 A-1001 于 2026-11-21 少发 3 件，退 199.00 元"
    )]
    public void An_analyst_reads_words_without_numbers_and_addresses_of_people(string text, string shown) =>
        MaskedText.Of(text).ShouldBe(shown);
}
