using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Survey.Domain.Inviting;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Tests.Features.Answering;

public sealed class SubmitResponseTests(World world) : IClassFixture<World>
{
    private static readonly object Happy = new
    {
        attitude = 5,
        efficiency = 4,
        expertise = "na",
        clarity = 5,
        overall = 5,
        nps = 10,
        solved = true,
        comment = "谢谢，很满意",
    };

    [Fact]
    public async Task A_response_is_stored_told_once_and_calls_for_nothing_when_all_is_well()
    {
        var (_, token, row) = await world.Invited();

        using var answer = await world.Submit(token, Happy);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (string)(await World.Json(answer))["id"]!;
        var told = (await world.Events("responseId", id)).ShouldHaveSingleItem();
        told.Type.ShouldBe("SurveyCompleted");
        var message = JsonNode.Parse(told.Message.GetRawText())!;
        ((string)message["number"]!).ShouldBe(row.Number);
        ((string)message["store"]!).ShouldBe("SH-01");
        ((string)message["facts"]!["segment"]!).ShouldBe("vip");
        var answers = message["answers"]!.AsArray().ToDictionary(a => (string)a!["question"]!, a => a!);
        ((double)answers["efficiency"]["value"]!).ShouldBe(4);
        ((int)answers["efficiency"]["scale"]!).ShouldBe(5);
        ((bool)answers["expertise"]["notApplicable"]!).ShouldBeTrue();
        ((double)answers["solved"]["value"]!).ShouldBe(1);
        ((string)answers["comment"]["text"]!).ShouldBe("谢谢，很满意");
        answers.ContainsKey("weak_step").ShouldBeFalse();
        (await world.Invitation(row.Number)).State.ShouldBe(InvitationState.Completed);
        await using var db = world.Db();
        var stored = await db.Responses.SingleAsync(r => r.InvitationId == row.Id);
        stored.Answers.ShouldNotContain("谢谢");
        (await db.ResponseTexts.SingleAsync(t => t.ResponseId == stored.Id)).CustomerId.ShouldBe(row.CustomerId);
    }

    [Fact]
    public async Task Of_a_hundred_parallel_submissions_by_form_and_by_program_one_is_taken()
    {
        var (url, token, row) = await world.Invited();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async n =>
                {
                    using var answer = n % 2 == 0 ? await world.Submit(token, Happy) : await Form(url);
                    return answer.StatusCode;
                })
        );

        outcomes.Count(code => code is HttpStatusCode.Created or HttpStatusCode.SeeOther).ShouldBe(1);
        outcomes.Count(code => code is HttpStatusCode.Conflict).ShouldBe(99);
        await using var db = world.Db();
        (await db.Responses.CountAsync(r => r.InvitationId == row.Id)).ShouldBe(1);
        (await world.Events("invitationId", row.Id.ToString())).Count(e => e.Type == "SurveyCompleted").ShouldBe(1);
    }

    [Fact]
    public async Task Looking_and_previews_use_nothing_up()
    {
        var (url, token, row) = await world.Invited();

        for (var i = 0; i < 3; i++)
        {
            (await world.Customer.SendAsync(new(HttpMethod.Head, url))).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await world.Invitation(row.Number)).State.ShouldBe(InvitationState.Sent);
        }

        (await world.Customer.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Customer.GetAsync($"/v1/survey-links/{token}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Invitation(row.Number)).State.ShouldBe(InvitationState.Opened);
        (await world.Events("invitationId", row.Id.ToString()))
            .Select(e => e.Type)
            .ShouldBe(["SurveyInvited", "SurveyOpened"]);
        (await world.Submit(token, Happy)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await world.Submit(token, Happy);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await World.Json(again))["code"]!).ShouldBe("already_answered");
    }

    [Fact]
    public async Task A_low_score_calls_for_help_in_the_same_breath()
    {
        var (_, token, row) = await world.Invited();

        using var answer = await world.Submit(
            token,
            new
            {
                attitude = 2,
                overall = 3,
                solved = false,
                nps = 3,
                comment = "快递漏发，没人联系我",
            }
        );

        var id = (string)(await World.Json(answer))["id"]!;
        var told = await world.Events("responseId", id);
        told.Select(e => e.Type).ShouldBe(["SurveyCompleted", "RecoveryRequested"]);
        var call = JsonNode.Parse(told[1].Message.GetRawText())!;
        ((string)call["ruleId"]!).ShouldBe("not-solved");
        ((string)call["department"]!).ShouldBe("logistics");
        call["reasons"]!
            .AsArray()
            .Select(r => (string)r!)
            .ShouldBe(["question:solved=0", "dimension:attitude<=2", "nps<=6", "words:problem"]);
        ((string)call["number"]!).ShouldBe(row.Number);
        ((string)call["what"]!).ShouldStartWith("快递漏发，没人联系我");
        ((string)call["type"]!).ShouldBe("complaint");
        ((string)call["urgency"]!).ShouldBe("urgent");
    }

    [Fact]
    public async Task Wrong_answers_are_told_all_together_with_their_places()
    {
        var (_, token, _) = await world.Invited();

        using var wrong = await world.Submit(
            token,
            new
            {
                overall = 6,
                nps = "eleven",
                solved = "maybe",
                weather = 1,
            }
        );
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await World.Json(wrong))["errors"]!.AsArray();
        errors
            .Select(e => ((string)e!["pointer"]!, (string)e["code"]!))
            .ShouldBe(
                [
                    ("/answers/overall", "out_of_range"),
                    ("/answers/nps", "wrong_type"),
                    ("/answers/solved", "wrong_type"),
                    ("/answers/weather", "unknown_question"),
                ],
                ignoreOrder: true
            );

        using var missing = await world.Submit(token, new { nps = 9 });
        missing.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await World.Json(missing))["errors"]![0]!["pointer"]!).ShouldBe("/answers/overall");
        (await world.Submit(token, Happy)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_was_kept_comes_back_and_counts()
    {
        var (_, token, row) = await world.Invited();
        var path = $"/v1/survey-links/{token}/answers";

        using var first = await world.Customer.PutAsJsonAsync(
            path,
            new { answers = new { attitude = 4, overall = 3 } }
        );
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await World.Json(first))["shown"]!.AsArray().Select(q => (string)q!).ShouldContain("weak_step");
        using var second = await world.Customer.PutAsJsonAsync(
            path,
            new { answers = new { attitude = (int?)null, clarity = 2 } }
        );
        second.StatusCode.ShouldBe(HttpStatusCode.OK);

        var link = await World.Get(world.Customer, $"/v1/survey-links/{token}?lang=en");
        link["answers"]!.ToJsonString().ShouldBe("""{"clarity":2,"overall":3}""");
        ((string)link["title"]!).ShouldBe("How did we do?");
        (await world.Events("invitationId", row.Id.ToString()))
            .Select(e => e.Type)
            .ShouldBe(["SurveyInvited", "SurveyStarted", "SurveyOpened"]);
        using var sent = await world.Submit(token, new { nps = 7 });
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        await using var db = world.Db();
        (await db.Responses.SingleAsync(r => r.InvitationId == row.Id)).Answers.ShouldContain("overall");
        (await db.Drafts.AnyAsync(d => d.InvitationId == row.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_another_body_is_refused()
    {
        var (_, token, _) = await world.Invited();
        async Task<(HttpResponseMessage, string)> Send(object answers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/survey-links/{token}/response")
            {
                Content = JsonContent.Create(new { answers }),
            };
            request.Headers.Add("Idempotency-Key", "k-1");
            var answer = await world.Customer.SendAsync(request);
            return (answer, await answer.Content.ReadAsStringAsync());
        }

        var (first, body) = await Send(new { overall = 5 });
        var (again, replayed) = await Send(new { overall = 5 });
        var (other, _) = await Send(new { overall = 1 });

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        replayed.ShouldBe(body);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Withdrawn_and_expired_links_are_gone_and_strangers_find_nothing()
    {
        var confirmed = await world.Confirmed();
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        var row = await world.Sent(confirmed.Number);
        var (withdrawn, (_, expired, _)) = (await Token(row.Number), await world.Invited());
        await world.Reopen(confirmed);
        using (var gone = await world.Submit(withdrawn, Happy))
        {
            gone.StatusCode.ShouldBe(HttpStatusCode.Gone);
            ((string)(await World.Json(gone))["code"]!).ShouldBe("cancelled");
        }

        world.Clock.Advance(TimeSpan.FromDays(14));
        using var late = await world.Submit(expired, Happy);
        late.StatusCode.ShouldBe(HttpStatusCode.Gone);
        ((string)(await World.Json(late))["code"]!).ShouldBe("expired");
        using var page = await world.Customer.GetAsync($"/s/{withdrawn}");
        page.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await page.Content.ReadAsStringAsync()).ShouldContain("这次调查已取消");
        (await world.Submit("nonsense", Happy)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.Customer.GetAsync("/v1/survey-links/nonsense")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Quality_is_flagged_and_nothing_is_thrown_away()
    {
        var (_, hasty, one) = await world.Invited();
        var (_, nothing, two) = await world.Invited();

        (
            await world.Submit(
                hasty,
                new
                {
                    attitude = 3,
                    efficiency = 3,
                    expertise = 3,
                    clarity = 3,
                    overall = 3,
                },
                seconds: 1
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await world.Submit(nothing, new { overall = "na" })).StatusCode.ShouldBe(HttpStatusCode.Created);

        await using var db = world.Db();
        (await db.Responses.SingleAsync(r => r.InvitationId == one.Id)).Flags.ShouldBe(["too_fast", "straight_lined"]);
        (await db.Responses.SingleAsync(r => r.InvitationId == two.Id)).Flags.ShouldBe(["all_na"]);
    }

    private async Task<string> Token(string number) =>
        ((string)(await World.Get(world.Integration, $"/v1/invitations?ticket={number}"))["items"]![0]!["url"]!)[
            "/s/".Length..
        ];

    private async Task<HttpResponseMessage> Form(string url)
    {
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("a.overall", "5"),
            KeyValuePair.Create("a.nps", "9"),
        ]);
        return await world.Customer.PostAsync(url, form);
    }
}
