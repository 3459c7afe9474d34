using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Tests.Features.Questionnaires;

public sealed class QuestionnairesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_built_in_one_is_published_and_announced_once()
    {
        var view = await World.Get(world.Lead, "/v1/questionnaires/ticket-satisfaction");

        ((string)view["state"]!).ShouldBe("published");
        ((int)view["version"]!).ShouldBe(1);
        view["languages"]!.AsArray().Select(l => (string)l!).ShouldBe(["zh-CN", "en"]);
        var questions = view["sections"]!
            .AsArray()
            .SelectMany(s => s!["questions"]!.AsArray())
            .ToDictionary(q => (string)q!["id"]!, q => q!);
        foreach (var rating in (string[])["attitude", "efficiency", "expertise", "clarity", "overall"])
        {
            ((int)questions[rating]["scale"]!).ShouldBe(5);
            questions[rating]["labels"]!.AsObject().Count.ShouldBe(5);
            ((bool)questions[rating]["allowNa"]!).ShouldBeTrue();
        }

        (
            ((string)questions["nps"]["type"]!),
            ((string)questions["solved"]["type"]!),
            ((string)questions["comment"]["type"]!)
        ).ShouldBe(("nps", "yes_no", "text"));
        await using var db = world.Db();
        var announced = await db.Set<OutboxRow>().Where(r => r.Subject == "ticket-satisfaction").SingleAsync();
        announced.Type.ShouldBe("CustomerFeedback.Contracts.Survey:QuestionnairePublished");
        var envelope = JsonElement.Parse(announced.Body);
        envelope.GetProperty("messageId").GetGuid().ShouldBe(announced.Id);
        envelope
            .GetProperty("messageType")[0]
            .GetString()
            .ShouldBe("urn:message:CustomerFeedback.Contracts.Survey:QuestionnairePublished");
        var message = envelope.GetProperty("message").Deserialize<QuestionnairePublished>(MessagingJson.Options)!;
        message.Questions.Single(q => q.Id == "overall").Dimension.ShouldBe("overall");
    }

    [Fact]
    public async Task From_the_draft_to_a_second_version_nothing_published_changes()
    {
        var first = Given("visit-a");
        using var made = await world.Lead.PostAsJsonAsync("/v1/questionnaires", first);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.Headers.Location!.OriginalString.ShouldBe("/v1/questionnaires/visit-a");
        using var twice = await world.Lead.PostAsJsonAsync("/v1/questionnaires", first);
        ((string)(await World.Json(twice))["code"]!).ShouldBe("already_exists");
        (await Publish("visit-a")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var nothing = await Publish("visit-a");
        ((string)(await World.Json(nothing))["code"]!).ShouldBe("nothing_to_publish");

        first["sections"]![0]!["questions"]![0]!["text"]!["en"] = "Altogether?";
        (await Put("visit-a", first, null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await Put("visit-a", first, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var changed = await Put("visit-a", first, "\"2\"");
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((int)(await World.Json(changed))["version"]!).ShouldBe(2);

        var diff = await World.Get(world.Lead, "/v1/questionnaires/visit-a/diff?from=1&to=2");
        ((bool)diff["comparable"]!).ShouldBeFalse();
        diff["changes"]!
            .AsArray()
            .ShouldHaveSingleItem()!
            .ToJsonString()
            .ShouldBe("""{"question":"overall","what":"text","breaksTrend":true}""");
        using var published = await Publish("visit-a");
        ((int)(await World.Json(published))["version"]!).ShouldBe(2);
        var versions = await World.Get(world.Lead, "/v1/questionnaires/visit-a/versions");
        versions["items"]!.AsArray().Select(v => (string)v!["state"]!).ShouldBe(["published", "retired"]);
        var old = await World.Get(world.Lead, "/v1/questionnaires/visit-a?version=1");
        ((string)old["sections"]![0]!["questions"]![0]!["text"]!["en"]!).ShouldBe("Overall?");
        (await world.Events("questionnaireId", "visit-a")).Count.ShouldBe(2);
        await using var db = world.Db();
        await Should.ThrowAsync<Exception>(() =>
            db.Database.ExecuteSqlAsync($"UPDATE questionnaires SET body = '[]' WHERE id = 'visit-a'")
        );
        await Should.ThrowAsync<Exception>(() =>
            db.Database.ExecuteSqlAsync($"DELETE FROM questionnaires WHERE id = 'visit-a'")
        );
    }

    [Fact]
    public async Task What_is_wrong_with_its_form_is_told_with_its_place()
    {
        var bad = Given("visit-b");
        bad["sections"]![0]!["questions"]!
            .AsArray()
            .Add(JsonNode.Parse("""{ "id": "overall", "type": "single", "text": { "fr": "?" } }"""));
        bad["sections"]![0]!["questions"]!
            .AsArray()
            .Add(
                JsonNode.Parse(
                    """{ "id": "q3", "type": "rating", "scale": 7, "text": { "en": "x" }, "showIf": { "all": [ { "question": "nobody", "op": "~", "value": 1 } ] } }"""
                )
            );
        using var answer = await world.Lead.PostAsJsonAsync("/v1/questionnaires", bad);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await World.Json(answer))["errors"]!
            .AsArray()
            .Select(e => $"{e!["pointer"]} {e["code"]}")
            .ShouldBe(
                [
                    "/sections/0/questions/1/id duplicate_id",
                    "/sections/0/questions/1/text/fr unknown_language",
                    "/sections/0/questions/1/options required",
                    "/sections/0/questions/2/scale out_of_range",
                    "/sections/0/questions/2/showIf/all/0/question unknown_question",
                    "/sections/0/questions/2/showIf/all/0/op unknown_value",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task What_cannot_be_answered_is_not_published()
    {
        var bad = Given("visit-c");
        var questions = bad["sections"]![0]!["questions"]!.AsArray();
        questions[0]!["labels"]!.AsObject().Remove("3");
        questions.Add(
            JsonNode.Parse(
                """{ "id": "why", "type": "text", "text": { "en": "Why?" }, "showIf": { "all": [ { "question": "overall", "op": "<", "value": 2 }, { "question": "overall", "op": ">", "value": 3 } ] } }"""
            )
        );
        questions.Add(
            JsonNode.Parse(
                """{ "id": "a", "type": "text", "text": { "zh-CN": "甲", "en": "A" }, "showIf": { "any": [ { "question": "b", "op": "answered" } ] } }"""
            )
        );
        questions.Add(
            JsonNode.Parse(
                """{ "id": "b", "type": "text", "text": { "zh-CN": "乙", "en": "B" }, "showIf": { "any": [ { "question": "a", "op": "answered" } ] } }"""
            )
        );
        (await world.Lead.PostAsJsonAsync("/v1/questionnaires", bad)).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var refused = await Publish("visit-c");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await World.Json(refused);
        ((string)problem["code"]!).ShouldBe("unsound_questionnaire");
        var errors = problem["findings"]!
            .AsArray()
            .Where(f => (string)f!["severity"]! == "error")
            .Select(f => $"{f!["question"]} {f["rule"]}")
            .ToList();
        errors.ShouldBe(
            ["why missing_translation", "overall unbalanced_scale", "why unreachable", "a logic_loop", "b logic_loop"],
            ignoreOrder: true
        );
        using var lint = await world.Lead.PostAsync("/v1/questionnaires/visit-c/lint", null);
        ((bool)(await World.Json(lint))["valid"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Everything_is_listed_page_by_page_for_those_who_may_see_it()
    {
        for (var n = 0; n < 3; n++)
            (await Put($"listed-{n}", Given($"listed-{n}"), null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = await World.Get(
                world.Analyst,
                $"/v1/questionnaires?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            ids.AddRange(page["items"]!.AsArray().Select(q => (string)q!["id"]!));
            cursor = (string?)page["nextCursor"];
        } while (cursor is not null);

        ids.ShouldBeUnique();
        ids.ShouldContain("ticket-satisfaction");
        ids.ShouldContain("listed-2");
        (await world.Agent.GetAsync("/v1/questionnaires")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Analyst.PostAsJsonAsync("/v1/questionnaires", Given("x"))).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    private Task<HttpResponseMessage> Publish(string id) =>
        world.Lead.PostAsync($"/v1/questionnaires/{id}/publish", null);

    private async Task<HttpResponseMessage> Put(string id, JsonNode body, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/questionnaires/{id}")
        {
            Content = JsonContent.Create(body),
        };
        if (tag is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(tag));
        return await world.Lead.SendAsync(request);
    }

    private static JsonNode Given(string id) =>
        JsonNode.Parse(
            $$"""
            { "id": "{{id}}", "title": { "zh-CN": "到店回访", "en": "Your visit" }, "languages": ["zh-CN", "en"], "sections": [ { "id": "s1", "questions": [
              { "id": "overall", "type": "rating", "dimension": "overall", "text": { "zh-CN": "总体？", "en": "Overall?" }, "required": true, "scale": 5,
                "labels": { "1": { "zh-CN": "一", "en": "one" }, "2": { "zh-CN": "二", "en": "two" }, "3": { "zh-CN": "三", "en": "three" },
                            "4": { "zh-CN": "四", "en": "four" }, "5": { "zh-CN": "五", "en": "five" } } } ] } ] }
            """
        )!;
}
