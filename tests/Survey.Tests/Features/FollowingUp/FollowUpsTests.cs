using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Survey.Tests.Features.FollowingUp;

/// <summary>The call after a resolved complaint: made, answered, listed.</summary>
public sealed class FollowUpsTests(World world) : FollowUpStory(world)
{
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
        var response = (await World.Get(Here.Analyst, $"/v1/responses?ticket={number}"))["items"]!
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
        (await Here.Events("number", resolved.Number)).Select(e => e.Type).ShouldContain("RecoveryRequested");
    }

    [Fact]
    public async Task A_customer_who_asks_for_another_time_is_called_then()
    {
        var task = await Called((await Resolved()).Number);
        using var vague = await Call(task, new { outcome = "call_back" });
        vague.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var later = Here.Now.AddHours(30);
        using var told = await Call(task, new { outcome = "call_back", callBackAt = later });
        ((DateTimeOffset)(await World.Json(told))["callBackAt"]!).ShouldBe(later);
        (await Events((string)task["ticket"]!)).ShouldBe(["FollowUpDue", "FollowUpAttempted"]);
    }

    [Fact]
    public async Task Handlers_see_their_teams_tasks_and_others_are_not_told_that_there_are_any()
    {
        var task = await Called((await Resolved()).Number);
        (await Here.Agent.GetAsync($"/v1/follow-ups/{task["id"]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var stranger = Here.As("zhou.jun", ["agent"], "order-service");
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
        Here.Clock.Advance(TimeSpan.FromHours(25));
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
}
