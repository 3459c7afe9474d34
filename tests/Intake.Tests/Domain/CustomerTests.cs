using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class CustomerTests
{
    private static readonly GivenCustomer Nothing = new("C-1", null, null, null, null, null);

    private static PhoneNumber Phone(string text) => PhoneNumber.TryParse(text, out var phone) ? phone : default;

    private static Customer Seen(GivenCustomer given, string? language = null) =>
        Customer.FirstSeen(Guid.CreateVersion7(), given, language, DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_first_seen_customer_is_a_regular_individual_who_reads_chinese()
    {
        var customer = Seen(Nothing);
        (customer.Type, customer.Segment, customer.Language).ShouldBe(
            (CustomerType.Individual, Segment.Regular, "zh-CN")
        );
        Seen(Nothing, "en").Language.ShouldBe("en");
    }

    [Fact]
    public void Masked_it_shows_no_name_and_no_address()
    {
        var known = Seen(Nothing with { Name = "张伟", Company = "测试公司", Phone = Phone("13800001234") });

        var seen = known.Masked();

        (seen.Name, seen.Phone).ShouldBe(("张*", "138****1234"));
        seen.Company.ShouldNotBe(known.Company);
        (seen.Id, seen.Segment, seen.Version).ShouldBe((known.Id, known.Segment, known.Version));
    }

    [Fact]
    public void Silence_changes_nothing()
    {
        var known = Seen(Nothing with { Name = "张伟", Phone = Phone("13800001234"), Segment = Segment.Vip });
        known.With(Nothing).ShouldBe(known);
    }

    [Fact]
    public void What_is_said_replaces_what_was_known_and_saying_it_again_changes_nothing()
    {
        var said = Nothing with { Name = "李雷", Company = "测试公司", Phone = Phone("13900005678") };
        var once = Seen(Nothing with { Name = "张伟" }).With(said);

        (once.Name, once.Phone, once.Type).ShouldBe(("李雷", "13900005678", CustomerType.Enterprise));
        once.With(said).ShouldBe(once);
    }

    [Fact]
    public void Others_see_the_persons_mask_or_else_the_companys()
    {
        Seen(Nothing with { Name = "张伟", Company = "测试公司" }).MaskedName.ShouldBe("张*");
        Seen(Nothing with { Company = "测试公司" }).MaskedName.ShouldBe("测试***");
        Seen(Nothing).MaskedName.ShouldBeNull();
    }

    [Fact]
    public void A_new_name_behind_the_same_mask_is_no_news_to_others()
    {
        var known = Seen(Nothing with { Name = "张伟" });
        var renamed = known.With(Nothing with { Name = "张明" });

        renamed.ShouldNotBe(known);
        renamed.CopiedFacts.ShouldBe(known.CopiedFacts);
    }
}
