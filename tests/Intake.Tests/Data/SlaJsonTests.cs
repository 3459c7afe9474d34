using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Data;

public class SlaJsonTests
{
    [Fact]
    public void The_seeded_policy_and_calendar_are_readable_and_promise_what_the_spec_says()
    {
        var policy = SlaJson.Policy("default", 1, Seed.DefaultPolicy)!;
        policy
            .Targets[PromisedClock.FirstContact]
            .ShouldBe(new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15)));
        policy.Targets[PromisedClock.ComplaintResponse].For(Urgency.Normal).ShouldBe(TimeSpan.FromHours(4));
        policy
            .Match.Holds(Tests.Domain.Given.Request(), Tests.Domain.Given.Classified(), Segment.Regular)
            .ShouldBeTrue();

        var now = new DateTimeOffset(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);
        SlaJson.Calendar(Seed.AlwaysCalendar)!.Add(now, TimeSpan.FromHours(100)).ShouldBe(now.AddHours(100));
    }

    [Fact]
    public void Members_that_are_not_known_here_do_no_harm()
    {
        var policy = SlaJson.Policy(
            "p",
            3,
            """
            { "id": "p", "order": -5, "calendar": "always", "colour": "red", "match": { "type": ["complaint", "oracle"], "complaintLevel": 1 },
              "targets": { "first_contact": "PT30M", "telepathy": { "normal": "PT1S" }, "complaint_response": { "normal": "P1D", "urgent": null } },
              "escalation": [ { "at": "dawn" } ] }
            """
        )!;

        policy.Order.ShouldBe(-5);
        policy.Match.Type.ShouldBe(["complaint", "oracle"]);
        policy.Match.ComplaintLevel.ShouldBe(["1"]);
        policy.Match.NamesMore.ShouldBeFalse();
        policy.Targets[PromisedClock.FirstContact].For(Urgency.Critical).ShouldBe(TimeSpan.FromMinutes(30));
        policy.Targets[PromisedClock.ComplaintResponse].ShouldBe(new(TimeSpan.FromDays(1), null, null));
    }

    [Theory]
    [InlineData("""{ "calendar": "always", "match": { "team": "technical" } }""", true)]
    [InlineData("""{ "calendar": "always", "match": { "moonPhase": "full" } }""", true)]
    [InlineData("""{ "calendar": "always", "match": { "team": null } }""", false)]
    [InlineData("""{ "calendar": "always" }""", false)]
    public void A_condition_that_only_a_ticket_fulfils_is_noticed(string json, bool namesMore) =>
        SlaJson.Policy("p", 1, json)!.Match.NamesMore.ShouldBe(namesMore);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"calendar\": 5 }")]
    [InlineData("{ \"calendar\": \"always\", \"order\": \"first\" }")]
    [InlineData("{ \"calendar\": \"always\", \"targets\": { \"first_contact\": \"soon\" } }")]
    public void What_cannot_be_understood_is_no_policy(string json) => SlaJson.Policy("p", 1, json).ShouldBeNull();

    [Theory]
    [InlineData("null")]
    [InlineData("{ \"id\": \"x\", \"zone\": \"Moon/Base\", \"week\": {} }")]
    [InlineData("{ \"id\": \"x\", \"zone\": \"UTC\", \"week\": {} }")]
    public void What_never_opens_is_no_calendar(string json) => SlaJson.Calendar(json).ShouldBeNull();
}
