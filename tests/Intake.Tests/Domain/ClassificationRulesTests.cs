using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class ClassificationRulesTests
{
    private static Classification Classify(
        IncomingRequest request,
        Segment segment,
        params ClassificationRule[] rules
    ) => new ClassificationRules(7, rules).Classify(request, segment);

    private static ClassificationRule Rule(string id, RuleMatch? match, RuleResult set, double confidence = 0.9) =>
        new(id, match, set, confidence);

    [Fact]
    public void Without_a_matching_rule_it_is_a_general_inquiry_of_low_confidence()
    {
        var result = Classify(Given.Request(), Segment.Regular);

        result.Category.ShouldBe(Category.GeneralInquiry);
        result.Subcategory.ShouldBe(Subcategory.Other);
        result.ComplaintLevel.ShouldBeNull();
        result.Emotion.ShouldBe(Emotion.Calm);
        (result.RuleId, result.RulesVersion).ShouldBe((ClassificationRules.NoRule, 7));
        result.Confidence.ShouldBe(ClassificationRules.LowConfidence);
    }

    [Fact]
    public void A_request_of_type_complaint_is_a_complaint_whatever_the_rules_say()
    {
        var result = Classify(
            Given.Request("系统故障", RequestType.Complaint, Urgency.Critical),
            Segment.Regular,
            Rule("emergency", null, new(Category.EmergencySupport, Subcategory.SystemFailure))
        );

        result.Category.ShouldBe(Category.Complaint);
        result.Subcategory.ShouldBe(Subcategory.Other, "a rule for emergencies has no say about a complaint");
        result.ComplaintLevel.ShouldBe(3);
        result.RuleId.ShouldBe(ClassificationRules.ByType);
        result.Confidence.ShouldBeLessThanOrEqualTo(ClassificationRules.LowConfidence);
    }

    [Fact]
    public void A_complaint_no_rule_grades_is_of_level_3_with_low_confidence()
    {
        var result = Classify(
            Given.Request("投诉"),
            Segment.Regular,
            Rule("words", new(AnyWords: ["投诉"]), new(Category.Complaint), 1)
        );

        (result.Category, result.ComplaintLevel, result.RuleId).ShouldBe((Category.Complaint, 3, "words"));
        result.Confidence.ShouldBe(ClassificationRules.LowConfidence);
    }

    [Fact]
    public void The_first_matching_rule_decides_each_result()
    {
        var result = Classify(
            Given.Request("订单延误", RequestType.Complaint),
            Segment.Vip,
            Rule("not-this", new(Segment: [Segment.Regular]), new(ComplaintLevel: 1)),
            Rule("level", new(AnyWords: ["延误"]), new(ComplaintLevel: 2), 0.7),
            Rule("level-again", null, new(ComplaintLevel: 1)),
            Rule("sub", null, new(Subcategory: Subcategory.Timeliness, Emotion: Emotion.Upset)),
            Rule("sub-again", null, new(Subcategory: Subcategory.Logistics))
        );

        (result.ComplaintLevel, result.Subcategory, result.Emotion).ShouldBe(
            (2, Subcategory.Timeliness, Emotion.Upset)
        );
        (result.RuleId, result.Confidence).ShouldBe(("level", 0.7));
        result.DecidedBy.ShouldBe(new(null, "sub", "level", "sub", null));
    }

    [Fact]
    public void Every_condition_of_a_rule_has_to_hold()
    {
        var match = new RuleMatch(
            Type: [RequestType.AfterSales],
            Channel: [Channel.Phone, Channel.App],
            Urgency: [Urgency.Critical],
            Segment: [Segment.Vip],
            Product: ["Earphones"],
            AnyWords: ["help"],
            AllWords: ["now", "please"],
            NoWords: ["thanks"],
            Attributes: new Dictionary<string, string> { ["tier"] = "gold" }
        );
        var fits = Given.Request(
            "Help, now, please",
            RequestType.AfterSales,
            Urgency.Critical,
            Channel.App,
            product: "earphones",
            attributes: new() { ["tier"] = "Gold" }
        );
        var rule = Rule("all", match, new(Category.EmergencySupport));
        IsEmergency(fits).ShouldBeTrue();
        IsEmergency(fits, Segment.Regular).ShouldBeFalse();
        IsEmergency(fits with { Type = RequestType.Inquiry }).ShouldBeFalse();
        IsEmergency(fits with { Channel = Channel.Web }).ShouldBeFalse();
        IsEmergency(fits with { Urgency = Urgency.Urgent }).ShouldBeFalse();
        IsEmergency(fits with { Product = null }).ShouldBeFalse();
        IsEmergency(fits with { Subject = "now, please" }).ShouldBeFalse();
        IsEmergency(fits with { Subject = "Help now" }).ShouldBeFalse();
        IsEmergency(fits with { Subject = "Help, now, please, thanks" }).ShouldBeFalse();
        IsEmergency(fits with { Attributes = new Dictionary<string, string>() }).ShouldBeFalse();

        bool IsEmergency(IncomingRequest request, Segment segment = Segment.Vip) =>
            Classify(request, segment, rule).Category == Category.EmergencySupport;
    }

    [Fact]
    public void A_service_stage_that_was_given_stands()
    {
        var rule = Rule("stage", null, new(ServiceStage: ServiceStage.PreSale));

        Classify(Given.Request(), Segment.Regular, rule).ServiceStage.ShouldBe(ServiceStage.PreSale);
        Classify(Given.Request(stage: ServiceStage.AfterSale), Segment.Regular, rule)
            .ServiceStage.ShouldBe(ServiceStage.AfterSale);
    }

    [Fact]
    public void Words_are_looked_for_in_subject_account_and_expectation_only()
    {
        var rule = Rule("words", new(AnyWords: ["漏电"]), new(Subcategory: Subcategory.ProductQuality));
        var request = Given.Request();
        Hit(request with { Subject = "漏电" }).ShouldBeTrue();
        Hit(request with { Description = new("耳机漏电", null, null, null) }).ShouldBeTrue();
        Hit(request with { Description = new(null, null, null, "别再漏电") }).ShouldBeTrue();
        Hit(request with { Description = new(null, "漏电", "漏电", null) }).ShouldBeFalse();

        bool Hit(IncomingRequest r) => Classify(r, Segment.Regular, rule).Subcategory == Subcategory.ProductQuality;
    }
}
