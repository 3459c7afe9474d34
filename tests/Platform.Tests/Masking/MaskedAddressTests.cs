using CustomerFeedback.Masking;

namespace CustomerFeedback.Platform.Tests.Masking;

public class MaskedAddressTests
{
    [Theory]
    [InlineData("13800001234", "138****1234")]
    [InlineData("02112345", "02****45")]
    [InlineData("12345", "****5")]
    [InlineData("zhang.wei@example.com", "z***@example.com")]
    [InlineData("z@example.com", "***@example.com")]
    [InlineData("", "****")]
    public void It_shows_enough_to_be_recognised(string address, string masked) =>
        MaskedAddress.Of(address).ShouldBe(masked);

    [Theory]
    [InlineData("+14155550100", "+14****0100")]
    [InlineData("95588", "****8")]
    [InlineData(null, null)]
    public void A_phone_shows_its_ends(string? phone, string? masked) => MaskedAddress.Phone(phone).ShouldBe(masked);

    [Theory]
    [InlineData("张伟@例子.中国", "张***@例子.中国")]
    [InlineData("𠮷田@example.com", "𠮷***@example.com")]
    [InlineData("nowhere", "***")]
    [InlineData(null, null)]
    public void An_address_shows_its_first_letter_and_domain(string? email, string? masked) =>
        MaskedAddress.Email(email).ShouldBe(masked);
}
