using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class ContactChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    private static Customer Known(
        string? phone = "13800001234",
        string? email = "a@example.com",
        params DoNotContact[] wishes
    ) =>
        new(
            Guid.CreateVersion7(),
            "C-1",
            CustomerType.Individual,
            Segment.Regular,
            "张伟",
            null,
            phone,
            email,
            "zh-CN",
            null,
            Now,
            1,
            1,
            wishes
        );

    private static (string?, string?) Of(Customer customer, Channel? wanted = null, string purpose = "survey")
    {
        var choice = ContactChoice.Of(customer, wanted, purpose, Now);
        return (choice.Address, choice.Refusal);
    }

    [Fact]
    public void The_wanted_channel_comes_first_then_the_preferred_one_then_any()
    {
        Of(Known(), Channel.Email).ShouldBe(("a@example.com", null));
        Of(Known(), Channel.App).ShouldBe(("13800001234", null));
        Of(Known() with { PreferredChannel = Channel.Email }, Channel.App).ShouldBe(("a@example.com", null));
        Of(Known(phone: null)).ShouldBe(("a@example.com", null));
        Of(Known(phone: null, email: null)).ShouldBe((null, "unreachable"));
    }

    [Fact]
    public void A_wish_counts_for_its_channel_its_purpose_and_its_time()
    {
        var never = new DoNotContact(null, null, null, "crm");
        Of(Known(wishes: never)).ShouldBe((null, "do_not_contact"));
        Of(Known(wishes: never with { Channel = Channel.Phone })).ShouldBe(("a@example.com", null));
        Of(Known(email: null, wishes: never with { Channel = Channel.Phone })).ShouldBe((null, "do_not_contact"));
        Of(Known(wishes: never with { Purpose = "survey" })).ShouldBe((null, "do_not_contact"));
        Of(Known(wishes: never with { Purpose = "survey" }), purpose: "notification").ShouldBe(("13800001234", null));
        Of(Known(wishes: never with { Until = Now })).ShouldBe(("13800001234", null));
        Of(Known(wishes: never with { Until = Now.AddTicks(10) })).ShouldBe((null, "do_not_contact"));
    }
}
