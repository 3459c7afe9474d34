using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Tests.Domain;

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
}
