using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Tests.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Tests.Data;

public class BlindIndexTests
{
    private readonly BlindIndex index = With(1);

    private static BlindIndex With(byte key) =>
        new(
            Options.Create(
                new PersonalDataOptions { IndexKey = Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray()) }
            )
        );

    [Fact]
    public void Equal_values_have_equal_indexes_under_one_key_only()
    {
        index.Phone("13800001234").ShouldBe(index.Phone("13800001234"));
        index.Phone("13800001234").ShouldNotBe(index.Phone("13800001235"));
        index.Phone("13800001234").ShouldNotBe(With(2).Phone("13800001234"));
        index.Email("A@b.com").ShouldBe(index.Email("a@B.com"));
    }

    [Fact]
    public void A_phone_and_an_address_never_meet() => index.Phone("12345").ShouldNotBe(index.Email("12345"));

    [Fact]
    public void Content_is_equal_exactly_when_every_member_is()
    {
        var request = Given.Request("漏发", attributes: new() { ["a"] = "1" });
        index.Content(request).ShouldBe(index.Content(Given.Request("漏发", attributes: new() { ["a"] = "1" })));
        index.Content(request).ShouldNotBe(index.Content(request with { Subject = "少发" }));
        index.Content(request).ShouldNotBe(index.Content(Given.Request("漏发", attributes: new() { ["a"] = "2" })));
        index
            .Content(request)
            .ShouldNotBe(index.Content(request with { Customer = request.Customer with { Name = "张伟" } }));
    }
}
