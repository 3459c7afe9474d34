using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("13800001234")]
    [InlineData("138 0000 1234")]
    [InlineData("138-0000-1234")]
    [InlineData("+86 138 0000 1234")]
    [InlineData("+8613800001234")]
    [InlineData("0086-138-0000-1234")]
    [InlineData("8613800001234")]
    [InlineData("１３８００００１２３４")]
    [InlineData(" (138) 0000.1234 ")]
    public void One_mobile_number_has_one_form_however_it_is_typed(string typed)
    {
        PhoneNumber.TryParse(typed, out var phone).ShouldBeTrue();
        phone.Canonical.ShouldBe("13800001234");
    }

    [Theory]
    [InlineData("010-12345678", "01012345678")]
    [InlineData("+86 10 1234 5678", "01012345678")]
    [InlineData("+1 (415) 555-0100", "+14155550100")]
    [InlineData("001 415 555 0100", "+14155550100")]
    [InlineData("021-66668888转802", "02166668888802")]
    [InlineData("95588", "95588")]
    public void Other_numbers_keep_their_digits(string typed, string canonical)
    {
        PhoneNumber.TryParse(typed, out var phone).ShouldBeTrue();
        phone.Canonical.ShouldBe(canonical);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("call me")]
    [InlineData("138000012345678901234")]
    [InlineData("13800001234@example.com")]
    [InlineData("138+0000")]
    [InlineData(null)]
    public void What_is_no_number_is_refused(string? typed) => PhoneNumber.TryParse(typed, out _).ShouldBeFalse();
}
