using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Masking;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerFeedback.Intake.Tests.Domain;

public class MaskTests
{
    [Theory]
    [InlineData("张伟", "张*")]
    [InlineData("张三丰", "张**")]
    [InlineData("欧阳娜娜", "欧阳**")]
    [InlineData("歐陽修", "歐陽*")]
    [InlineData("欧阳", "欧*")]
    [InlineData("张", "*")]
    [InlineData(" 李 雷 ", "* *")]
    [InlineData("𠮷田太郎", "𠮷***")]
    [InlineData("John Smith", "J*** S***")]
    [InlineData("X", "*")]
    [InlineData("李 Ming", "* M***")]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void A_name_shows_the_surname_or_first_letters(string? name, string? masked) =>
        Mask.Name(name).ShouldBe(masked);

    [Theory]
    [InlineData("华为技术有限公司", "华为***")]
    [InlineData("A", "***")]
    [InlineData("Acme Ltd", "Ac***")]
    public void A_company_shows_two_characters(string company, string masked) => Mask.Company(company).ShouldBe(masked);

    [Fact]
    public void A_phone_never_shows_more_than_seven_of_its_digits() =>
        Prop.ForAll(
                Gen.Choose(0, 9).ListOf().Where(digits => digits.Count is >= 5 and <= 20).ToArbitrary(),
                digits =>
                {
                    PhoneNumber.TryParse(string.Concat(digits), out var phone).ShouldBeTrue();
                    var masked = MaskedAddress.Phone(phone.Canonical);
                    masked.Count(char.IsAsciiDigit).ShouldBeLessThanOrEqualTo(7);
                    masked.ShouldContain("****");
                }
            )
            .QuickCheckThrowOnFailure();
}
