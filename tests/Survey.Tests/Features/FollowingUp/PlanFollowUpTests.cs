using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;

namespace CustomerFeedback.Survey.Tests.Features.FollowingUp;

/// <summary>The call after a resolved complaint: planned once, or not made for a reason.</summary>
public sealed class PlanFollowUpTests(World world) : FollowUpStory(world)
{
    [Fact]
    public async Task A_resolved_complaint_is_followed_by_a_call_within_a_day_however_often_it_is_told()
    {
        var resolved = await Resolved();
        await Tell(resolved);

        var task = await Called(resolved.Number);
        ((string)task["state"]!).ShouldBe("open");
        ((string)task["questionnaire"]!).ShouldBe("complaint-follow-up");
        ((DateTimeOffset)task["dueAt"]!).ShouldBe(resolved.OccurredAt.AddHours(24));
        (await Events(resolved.Number)).ShouldBe(["FollowUpDue"]);
    }

    [Fact]
    public async Task Who_did_not_complain_is_not_called()
    {
        var resolved = await Resolved(category: Category.BusinessHandling);
        (await World.Get(Interviewer, $"/v1/follow-ups?ticket={resolved.Number}"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("survey")]
    [InlineData("follow_up")]
    public async Task Who_does_not_want_to_be_called_is_not_whenever_that_is_said(string? purpose)
    {
        DoNotContact[] wishes = [new(Channel.Phone, purpose, null, "customer")];
        var before = await Resolved(wishes: wishes);
        var (state, reason) = await Standing(before);
        (state, reason).ShouldBe(("cancelled", "do_not_contact"));
        (await Events(before.Number)).ShouldBe(["FollowUpCancelled"]);

        var after = await Resolved();
        await Here.Know(Told.Customer(after.CustomerId, version: 2, wishes: wishes));
        (await Standing(after)).ShouldBe(("cancelled", "do_not_contact"));
        (await Events(after.Number)).ShouldBe(["FollowUpDue", "FollowUpCancelled"]);
    }

    [Fact]
    public async Task A_wish_about_something_else_forbids_no_call()
    {
        var resolved = await Resolved(
            wishes: [new(Channel.Email, null, null, "customer"), new(Channel.Phone, "marketing", null, "customer")]
        );
        (await Standing(resolved)).ShouldBe(("open", null));
    }

    [Fact]
    public async Task A_reopened_or_cancelled_ticket_is_called_about_no_more_also_where_that_is_told_first()
    {
        var reopened = await Resolved();
        var like = Told.Confirmed(Here.Now, number: reopened.Number);
        await Here.Reopen(like);
        (await Standing(reopened)).ShouldBe(("cancelled", "reopened"));

        var early = Told.Confirmed(Here.Now);
        await Here.Reopen(early);
        var late = reopened with { Number = early.Number, CustomerId = early.CustomerId };
        await Tell(late);
        (await Standing(late)).ShouldBe(("cancelled", "reopened"));
        // The next episode has a call of its own.
        await Tell(late with { Episode = 2 });
        (await World.Get(Interviewer, $"/v1/follow-ups?ticket={late.Number}&state=open"))["items"]!
            .AsArray()
            .ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_turns_out_to_be_a_complaint_is_called_about_and_what_turns_out_to_be_none_is_not()
    {
        var inquiry = await Resolved(category: Category.GeneralInquiry);
        await Tell(inquiry, Category.Complaint, resolvedAt: null);
        (await World.Get(Interviewer, $"/v1/follow-ups?ticket={inquiry.Number}"))["items"]!.AsArray().ShouldBeEmpty();
        await Tell(inquiry, Category.Complaint, resolvedAt: inquiry.OccurredAt);
        (await Standing(inquiry)).ShouldBe(("open", null));
        await Tell(inquiry, Category.GeneralInquiry, resolvedAt: inquiry.OccurredAt);
        (await Standing(inquiry)).ShouldBe(("cancelled", "not_applicable"));
    }

    [Fact]
    public async Task What_is_a_complaint_again_is_called_about_again()
    {
        var resolved = await Resolved();
        await Tell(resolved, Category.GeneralInquiry, resolved.OccurredAt, version: 8);
        await Tell(resolved, Category.Complaint, resolved.OccurredAt, version: 9);
        (await Standing(resolved)).ShouldBe(("open", null));
        (await Events(resolved.Number)).ShouldBe(["FollowUpDue", "FollowUpCancelled", "FollowUpDue"]);
    }

    [Fact]
    public async Task The_last_word_on_what_it_is_counts_in_whatever_order_it_is_told()
    {
        var like = Told.Confirmed(Here.Now);
        var resolved = (await Resolved(category: Category.BusinessHandling)) with
        {
            Number = like.Number,
            CustomerId = like.CustomerId,
            Facts = like.Facts,
        };
        await Tell(resolved, Category.GeneralInquiry, resolved.OccurredAt, version: 8);
        await Tell(resolved); // version 6, when it was a complaint still
        (await World.Get(Interviewer, $"/v1/follow-ups?ticket={like.Number}"))["items"]!.AsArray().ShouldBeEmpty();

        await Tell(resolved, Category.Complaint, resolved.OccurredAt, version: 10);
        await Tell(resolved, Category.GeneralInquiry, resolved.OccurredAt, version: 9);
        (await Standing(resolved)).ShouldBe(("open", null));
    }
}
