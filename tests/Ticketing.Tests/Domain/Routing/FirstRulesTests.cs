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
