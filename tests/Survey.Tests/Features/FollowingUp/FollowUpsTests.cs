using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Survey.Features.FollowingUp;

namespace CustomerFeedback.Survey.Tests.Features.FollowingUp;

/// <summary>The call after a resolved complaint: planned once, made, answered, or not made for a reason.</summary>
public sealed class FollowUpsTests(World world) : IClassFixture<World>
{
    private static readonly object Good = new
    {
        efficiency = 4,
        fairness = 5,
        attitude = 5,
        overall = 5,
        solved = true,
        nps = 9,
    };

    private HttpClient Interviewer => world.As("he.jing", ["interviewer"]);

    /// <summary>A complaint of somebody who can be called, told as resolved.</summary>
    private async Task<TicketResolved> Resolved(
        int episode = 1,
        Category category = Category.Complaint,
        IReadOnlyList<DoNotContact>? wishes = null
    )
    {
        var like = Told.Confirmed(world.Now, episode);
        var resolved = new TicketResolved(
            like.TicketId,
            like.Number,
            6,
            like.CustomerId,
            episode,
            FirstContactResolution: false,
            "li.wei",
            "front-line",
            world.Now,
            like.Facts with
            {
                Category = category,
            }
        );
        await world.Know(Told.Customer(like.CustomerId, wishes: wishes));
        await Tell(resolved);
        return resolved;
    }

    private Task Tell(TicketResolved resolved) =>
        world.Take<PlanFollowUpOnTicketResolved>((slice, ct) => slice.Plan(resolved, ct));

    private Task Tell(TicketResolved resolved, Category category, DateTimeOffset? resolvedAt) =>
        world.Take<ReviseFollowUpOnTicketClassified>(
            (slice, ct) =>
                slice.Revise(
                    new(
                        resolved.TicketId,
                        resolved.Number,
                        8,
                        resolved.Facts! with
                        {
                            Category = category,
                        },
                        "wang.fang",
                        world.Now,
                        resolved.CustomerId,
                        resolved.Episode,
                        resolvedAt
                    ),
                    ct
                )
        );

    private async Task<JsonNode> Called(string number) =>
        (await World.Get(Interviewer, $"/v1/follow-ups?ticket={number}"))["items"]!.AsArray().ShouldHaveSingleItem()!;

    private async Task<string[]> Events(string number) =>
        [.. (await world.Events("number", number)).Where(e => e.Type.StartsWith("FollowUp")).Select(e => e.Type)];

    private Task<HttpResponseMessage> Call(JsonNode task, object how) =>
        Interviewer.PostAsJsonAsync($"/v1/follow-ups/{task["id"]}/attempts", how);

    private Task<HttpResponseMessage> KeyIn(JsonNode task, object what) =>
        Interviewer.PostAsJsonAsync($"/v1/follow-ups/{task["id"]}/response", what);

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

    [Fact]
    public async Task A_call_that_nobody_answers_is_tried_again_until_there_were_enough()
    {
        var task = await Called((await Resolved()).Number);
        for (var i = 1; i <= 3; i++)
        {
            using var tried = await Call(task, new { outcome = "no_contact" });
            tried.StatusCode.ShouldBe(HttpStatusCode.Created);
            ((string)(await World.Json(tried))["state"]!).ShouldBe(i < 3 ? "open" : "completed");
        }

        using var again = await Call(task, new { outcome = "no_contact" });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await World.Json(again);
        ((string)problem["code"]!, (string)problem["state"]!, (string)problem["outcome"]!).ShouldBe(
            ("follow_up_over", "completed", "no_contact")
        );
        (await Events((string)task["ticket"]!)).ShouldBe([
            "FollowUpDue",
            "FollowUpAttempted",
            "FollowUpAttempted",
            "FollowUpCompleted",
        ]);
    }

    [Fact]
    public async Task What_was_answered_is_a_response_like_any_other_and_ends_the_task()
    {
        var task = await Called((await Resolved()).Number);
        using var taken = await KeyIn(task, new { answers = Good, durationSeconds = 200 });
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);

        var number = (string)task["ticket"]!;
        var response = (await World.Get(world.Analyst, $"/v1/responses?ticket={number}"))["items"]!
            .AsArray()
            .ShouldHaveSingleItem()!;
        ((string)response["mode"]!, (int)response["answers"]!["fairness"]!).ShouldBe(("phone", 5));
        var over = await World.Get(Interviewer, $"/v1/follow-ups/{task["id"]}");
        ((string)over["state"]!, (string)over["outcome"]!, (string)over["response"]!).ShouldBe(
            ("completed", "complete", (string)response["id"]!)
        );
        (await Events(number)).ShouldBe(["FollowUpDue", "FollowUpCompleted"]);

        using var again = await KeyIn(task, new { answers = Good });
        ((string)(await World.Json(again))["code"]!).ShouldBe("already_answered");
    }

    [Fact]
    public async Task Required_answers_may_only_be_missing_where_the_customer_broke_off()
    {
        var task = await Called((await Resolved()).Number);
        using var tooFew = await KeyIn(task, new { answers = new { attitude = 2 } });
        tooFew.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var partial = await KeyIn(task, new { answers = new { attitude = 4 }, partial = true });
        partial.StatusCode.ShouldBe(HttpStatusCode.Created);
        ((string)(await World.Get(Interviewer, $"/v1/follow-ups/{task["id"]}"))["outcome"]!).ShouldBe("partial");
    }

    [Fact]
    public async Task A_call_recorded_first_takes_its_answers_afterwards_once()
    {
        var task = await Called((await Resolved()).Number);
        (await Call(task, new { outcome = "complete" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await KeyIn(task, new { answers = Good, mode = "face_to_face" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Events((string)task["ticket"]!)).ShouldBe(["FollowUpDue", "FollowUpCompleted"]);

        var refused = await Called((await Resolved()).Number);
        (await Call(refused, new { outcome = "refused" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await KeyIn(refused, new { answers = Good })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_bad_answer_calls_for_help_whoever_keyed_it_in()
    {
        var resolved = await Resolved();
        using var taken = await KeyIn(
            await Called(resolved.Number),
            new
            {
                answers = new
                {
                    overall = 1,
                    solved = false,
                    comment = "问题还在",
                },
            }
        );
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await world.Events("number", resolved.Number)).Select(e => e.Type).ShouldContain("RecoveryRequested");
    }

    [Fact]
    public async Task A_customer_who_asks_for_another_time_is_called_then()
    {
        var task = await Called((await Resolved()).Number);
        using var vague = await Call(task, new { outcome = "call_back" });
        vague.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var later = world.Now.AddHours(30);
        using var told = await Call(task, new { outcome = "call_back", callBackAt = later });
        ((DateTimeOffset)(await World.Json(told))["callBackAt"]!).ShouldBe(later);
        (await Events((string)task["ticket"]!)).ShouldBe(["FollowUpDue", "FollowUpAttempted"]);
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
        await world.Know(Told.Customer(after.CustomerId, version: 2, wishes: wishes));
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
        var like = Told.Confirmed(world.Now, number: reopened.Number);
        await world.Reopen(like);
        (await Standing(reopened)).ShouldBe(("cancelled", "reopened"));

        var early = Told.Confirmed(world.Now);
        await world.Reopen(early);
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
    public async Task Handlers_see_their_teams_tasks_and_others_are_not_told_that_there_are_any()
    {
        var task = await Called((await Resolved()).Number);
        (await world.Agent.GetAsync($"/v1/follow-ups/{task["id"]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var stranger = world.As("zhou.jun", ["agent"], "order-service");
        (await stranger.GetAsync($"/v1/follow-ups/{task["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var tried = await stranger.PostAsJsonAsync(
            $"/v1/follow-ups/{task["id"]}/attempts",
            new { outcome = "no_contact" }
        );
        tried.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_is_ordered_by_due_time_paged_and_narrowed()
    {
        var first = await Resolved();
        world.Clock.Advance(TimeSpan.FromHours(25));
        var second = await Resolved();
        var overdue = await World.Get(Interviewer, "/v1/follow-ups?overdue=true&state=open&limit=200");
        Numbers(overdue).ShouldContain(first.Number);
        Numbers(overdue).ShouldNotContain(second.Number);

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await World.Get(
                Interviewer,
                "/v1/follow-ups?limit=2" + (cursor is null ? "" : $"&cursor={cursor}")
            );
            seen.AddRange(Numbers(page));
            cursor = (string?)page["nextCursor"];
        } while (cursor is not null);
        seen.IndexOf(first.Number).ShouldBeInRange(0, seen.IndexOf(second.Number) - 1);
        seen.Count.ShouldBe(seen.Distinct().Count());

        (await Interviewer.GetAsync("/v1/follow-ups?state=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Interviewer.GetAsync("/v1/follow-ups?who=me")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        static List<string> Numbers(JsonNode page) => [.. page["items"]!.AsArray().Select(i => (string)i!["ticket"]!)];
    }

    private async Task<(string State, string? Reason)> Standing(TicketResolved resolved)
    {
        var task = await Called(resolved.Number);
        return ((string)task["state"]!, (string?)task["reason"]);
    }
}
