using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

public class ClassificationRuleCheckTests
{
    private static readonly RuleResult Sets = new(Category.Complaint);

    [Fact]
    public void A_sound_list_has_no_faults() =>
        ClassificationRuleCheck.Check([new("a", new(AnyWords: ["x"]), Sets), new("b", null, Sets)]).ShouldBeEmpty();

    [Fact]
    public void All_faults_are_told_at_once_with_their_place()
    {
        var faults = ClassificationRuleCheck.Check([
            new("", null, Sets),
            new("a", null, new()),
            new("a", new(AnyWords: [" "]), new(ComplaintLevel: 4), 2),
            new("b", null, new(Category.GeneralInquiry, ComplaintLevel: 1)),
            null,
        ]);

        faults
            .Select(f => (f.Pointer, f.Code))
            .ShouldBe([
                ("/rules/0/id", "invalid_length"),
                ("/rules/1/set", "required"),
                ("/rules/2/id", "duplicate"),
                ("/rules/2/set/complaintLevel", "out_of_range"),
                ("/rules/2/confidence", "out_of_range"),
                ("/rules/2/match/anyWords", "invalid_length"),
                ("/rules/3/set/complaintLevel", "not_applicable"),
                ("/rules/4", "required"),
            ]);
    }
}
