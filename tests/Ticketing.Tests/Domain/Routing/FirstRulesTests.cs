using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Tests.Domain.Routing;

/// <summary>The rules of the first day send each kind of work to those whom the product names.</summary>
public sealed class FirstRulesTests
{
    [Theory]
    [InlineData("general_inquiry", "other", null, "front-line", "agent")]
    [InlineData("business_handling", "order_change", null, "order-service", "agent")]
    [InlineData("business_handling", "product_feature", null, "product-support", "agent")]
    [InlineData("complaint", "service_attitude", 3, "front-line", "agent")]
    [InlineData("complaint", "service_attitude", 2, "front-line", "lead")]
    [InlineData("complaint", "service_attitude", 1, "front-line", "manager")]
    [InlineData("emergency_support", "service_outage", null, "duty", "duty")]
    public void Each_kind_of_work_has_its_people(
        string category,
        string subcategory,
        int? level,
        string team,
        string to
    )
    {
        var facts = new RoutingFacts(
            AnOrigin(),
            Read<Category>(category),
            Read<Subcategory>(subcategory),
            level,
            Urgency.Normal
        );

        var destination = new RoutingRules(1, Seeds.FirstRules).Route(facts);

        destination.Team.ShouldBe(team);
        Refusal.Spell(destination.To).ShouldBe(to);
    }

    [Theory]
    [InlineData("survey", "product", "product-support")]
    [InlineData("survey", "logistics", "order-service")]
    [InlineData("survey", "service", "front-line")]
    [InlineData("survey", null, "front-line")]
    [InlineData("shop", "product", "front-line")]
    public void Feedback_from_surveys_goes_by_its_topic(string source, string? department, string team)
    {
        var attributes = new Dictionary<string, string>();
        if (department is not null)
            attributes["department"] = department;
        var facts = new RoutingFacts(
            AnOrigin() with
            {
                Source = source,
            },
            Category.Complaint,
            Subcategory.ServiceAttitude,
            2,
            Urgency.Normal,
            attributes
        );

        new RoutingRules(1, Seeds.FirstRules).Route(facts).Team.ShouldBe(team);
    }

    [Fact]
    public void A_rule_that_asks_for_an_attribute_does_not_match_everything()
    {
        new RoutingMatch(Attributes: new Dictionary<string, string>()).MatchesEverything.ShouldBeTrue();
        new RoutingMatch(
            Attributes: new Dictionary<string, string> { ["department"] = "product" }
        ).MatchesEverything.ShouldBeFalse();
    }

    [Fact]
    public void Every_team_of_the_first_day_has_somebody_who_can_be_assigned()
    {
        var staff = StaffDocuments.People([.. Seeds.Staff]);

        foreach (var rule in Seeds.FirstRules)
            staff.Playing(rule.To, rule.Team).ShouldNotBeEmpty(rule.Id);
        staff.Agent("li.wei")!.Teams.ShouldBe(["front-line"]);
        staff.Agents.ShouldAllBe(agent => staff.IsOnShift(agent, DateTimeOffset.UnixEpoch));
    }

    private static Origin AnOrigin() =>
        new()
        {
            Source = "shop",
            Channel = Channel.App,
            Type = RequestType.Inquiry,
            Language = "zh-CN",
            Segment = Segment.Regular,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };

    private static T Read<T>(string word)
        where T : struct, Enum => Enum.GetValues<T>().Single(value => Refusal.Spell(value) == word);
}
