using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class EmailAddressTests
{
    [Theory]
    [InlineData("zhang.wei@example.com")]
    [InlineData(" a+b@c.io ")]
    [InlineData("张伟@例子.中国")]
    [InlineData("root@localhost")]
    public void What_looks_like_an_address_is_taken(string typed)
    {
        EmailAddress.TryParse(typed, out var email).ShouldBeTrue();
        email.Text.ShouldBe(typed.Trim());
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a b@c.com")]
    [InlineData("a@.com")]
    [InlineData("a@b.")]
    [InlineData("<a@b.com>")]
    [InlineData(null)]
    public void What_does_not_is_refused(string? typed) => EmailAddress.TryParse(typed, out _).ShouldBeFalse();

    [Fact]
    public void Case_does_not_tell_two_addresses_apart()
    {
        EmailAddress.TryParse("Zhang@Example.COM", out var email).ShouldBeTrue();
        email.Canonical.ShouldBe("zhang@example.com");
    }
}
