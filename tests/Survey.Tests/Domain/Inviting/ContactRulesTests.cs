using CustomerFeedback.Survey.Domain.Inviting;

namespace CustomerFeedback.Survey.Tests.Domain.Inviting;

public sealed class ContactRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_way_that_the_customer_likes_comes_first_then_the_tickets_then_the_usual_ones()
    {
        Way[] all = [Way.Phone, Way.Email, Way.Wechat];
        ContactRules.Decide(new(all, Way.Email, []), Way.Phone, Now).Way.ShouldBe(Way.Email);
        ContactRules.Decide(new(all, Way.App, []), Way.Phone, Now).Way.ShouldBe(Way.Phone);
        ContactRules.Decide(new(all, null, []), null, Now).Way.ShouldBe(Way.Wechat);
    }

    [Fact]
    public void Without_an_address_only_those_are_asked_who_look_in_where_they_spoke_to_us()
    {
        ContactRules.Decide(new([], null, []), Way.Phone, Now).Reason.ShouldBe("unreachable");
        ContactRules.Decide(new([], null, []), null, Now).Reason.ShouldBe("unreachable");
        ContactRules.Decide(new([], null, []), Way.App, Now).Way.ShouldBe(Way.App);
        ContactRules.Decide(new([], null, []), Way.Wechat, Now).Way.ShouldBe(Way.Wechat);
        ContactRules
            .Decide(new([], null, [new Wish(Way.App, null, null)]), Way.App, Now)
            .Reason.ShouldBe("do_not_contact");
        ContactRules.Decide(new([Way.Email], null, []), Way.App, Now).Way.ShouldBe(Way.Email);
    }

    [Fact]
    public void Wishes_hold_for_their_way_their_purpose_and_their_time()
    {
        static Contactable With(params Wish[] wishes) => new([Way.Phone, Way.Email], null, wishes);
        ContactRules.Decide(With(new Wish(null, null, null)), null, Now).Reason.ShouldBe("do_not_contact");
        ContactRules
            .Decide(With(new Wish(null, "survey", Now.AddDays(1))), null, Now)
            .Reason.ShouldBe("do_not_contact");
        ContactRules.Decide(With(new Wish(null, "survey", Now)), null, Now).Way.ShouldBe(Way.Phone);
        ContactRules.Decide(With(new Wish(null, "notification", null)), null, Now).Way.ShouldBe(Way.Phone);
        ContactRules.Decide(With(new Wish(Way.Phone, null, null)), null, Now).Way.ShouldBe(Way.Email);
        ContactRules
            .Decide(With(new Wish(Way.Phone, null, null), new Wish(Way.Email, "survey", null)), null, Now)
            .Reason.ShouldBe("do_not_contact");
        ContactRules.Decide(With(new Wish(null, null, null, OfAnotherWay: true)), null, Now).Way.ShouldBe(Way.Phone);
    }
}
