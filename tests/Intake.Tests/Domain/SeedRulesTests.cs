using System.Text.Json;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

/// <summary>The rules a new installation starts with, on what customers write.</summary>
public class SeedRulesTests
{
    private static readonly IReadOnlyList<ClassificationRule> Seeded = JsonSerializer.Deserialize<
        IReadOnlyList<ClassificationRule>
    >(Seed.Rules, StoredJson.Options)!;

    private static readonly ClassificationRules Rules = new(1, Seeded);

    [Fact]
    public void They_pass_their_own_check() => ClassificationRuleCheck.Check(Seeded).ShouldBeEmpty();

    [Fact]
    public void They_can_produce_every_category_subcategory_level_and_emotion()
    {
        Seeded
            .Select(r => r.Set.Category)
            .OfType<Category>()
            .Distinct()
            .Count()
            .ShouldBe(Enum.GetValues<Category>().Length);
        Seeded
            .Select(r => r.Set.Subcategory)
            .OfType<Subcategory>()
            .Append(Subcategory.Other)
            .Distinct()
            .Count()
            .ShouldBe(Enum.GetValues<Subcategory>().Length);
        Seeded.Select(r => r.Set.ComplaintLevel).OfType<int>().Distinct().Order().ShouldBe([1, 2, 3]);
        Seeded.ShouldContain(r => r.Set.Emotion == Emotion.Upset);
    }

    [Theory]
    [InlineData("inquiry", "normal", "耳机怎么用？", "general_inquiry", "product_feature")]
    [InlineData("inquiry", "normal", "How do I pair the earphones?", "general_inquiry", "product_feature")]
    [InlineData("inquiry", "normal", "请问会员积分规则", "general_inquiry", "policy")]
    [InlineData("inquiry", "normal", "What is the warranty period?", "general_inquiry", "policy")]
    [InlineData("inquiry", "normal", "我想修改订单的收货地址", "business_handling", "order_change")]
    [InlineData("inquiry", "normal", "Please cancel my order", "business_handling", "order_change")]
    [InlineData("after_sales", "normal", "申请退货", "business_handling", "return_or_exchange")]
    [InlineData("after_sales", "normal", "I want a refund", "business_handling", "return_or_exchange")]
    [InlineData("after_sales", "normal", "耳机没声音", "business_handling", "product_quality")]
    [InlineData("inquiry", "critical", "服务中断，全公司都无法下单", "emergency_support", "service_outage")]
    [InlineData("after_sales", "critical", "The whole platform is down", "emergency_support", "service_outage")]
    [InlineData("after_sales", "critical", "系统故障，无法登录", "emergency_support", "system_failure")]
    [InlineData("inquiry", "critical", "System failure since 9:00", "emergency_support", "system_failure")]
    [InlineData("after_sales", "normal", "系统故障", "business_handling", "system_failure")]
    [InlineData("suggestion", "normal", "建议增加物流提醒功能", "general_inquiry", "suggestion")]
    [InlineData("complaint", "critical", "系统崩溃", "complaint", "system_failure")]
    [InlineData("complaint", "normal", "客服态度恶劣", "complaint", "service_attitude")]
    [InlineData("complaint", "normal", "Nobody replies, I waited for days", "complaint", "timeliness")]
    [InlineData("complaint", "normal", "快递一直没送到", "complaint", "logistics")]
    [InlineData("inquiry", "normal", "我要投诉你们的快递", "complaint", "logistics")]
    [InlineData("inquiry", "normal", "在吗", "general_inquiry", "other")]
    public void Requests_find_their_category(
        string type,
        string urgency,
        string subject,
        string category,
        string subcategory
    )
    {
        var request = Given.Request(subject, Word<RequestType>.Parse(type), Word<Urgency>.Parse(urgency));
        var result = Rules.Classify(request, Segment.Regular);

        Word<Category>.Of(result.Category).ShouldBe(category);
        Word<Subcategory>.Of(result.Subcategory).ShouldBe(subcategory);
    }

    [Theory]
    [InlineData("充电时起火，手受伤了", 1)]
    [InlineData("The charger caught fire", 1)]
    [InlineData("你们泄露客户资料，隐私泄露", 1)]
    [InlineData("订单漏发一件", 2)]
    [InlineData("Delivered two weeks overdue and still not resolved", 2)]
    [InlineData("包装有轻微破损", 3)]
    [InlineData("A minor scratch on the box", 3)]
    public void Complaints_are_graded(string subject, int level)
    {
        var result = Rules.Classify(Given.Request(subject, RequestType.Complaint), Segment.Regular);

        result.ComplaintLevel.ShouldBe(level);
        result.Confidence.ShouldBeGreaterThan(ClassificationRules.LowConfidence);
    }

    [Fact]
    public void A_complaint_that_says_little_is_of_level_3_and_listed_for_a_lead()
    {
        var result = Rules.Classify(Given.Request("不满意", RequestType.Complaint), Segment.Regular);

        (result.ComplaintLevel, result.RuleId).ShouldBe((3, ClassificationRules.ByType));
        result.Confidence.ShouldBe(ClassificationRules.LowConfidence);
    }

    [Theory]
    [InlineData("气死我了，什么垃圾服务！！", "upset")]
    [InlineData("This is unacceptable", "upset")]
    [InlineData("请帮忙看看", "calm")]
    public void Upset_customers_are_noticed(string subject, string emotion) =>
        Word<Emotion>.Of(Rules.Classify(Given.Request(subject), Segment.Regular).Emotion).ShouldBe(emotion);
}
