using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

public sealed class ReclassifyTicketTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_inquiry_that_turns_out_to_be_a_complaint_gets_its_clock_and_is_marked()
    {
        var number = await world.Inquiry();

        using var answer = await Patch(number, """{ "category": "complaint", "urgency": "urgent" }""", "\"2\"");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var ticket = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)ticket["complaintLevel"]!).ShouldBe(3);
        ((string)ticket["classifiedBy"]!["overriddenBy"]!).ShouldBe("li.wei");
        answer.Headers.ETag!.Tag.ShouldBe($"\"{(int)ticket["version"]!}\"");
        var sla = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        var response = sla["clocks"]!.AsArray().Single(clock => (string)clock!["clock"]! == "complaint_response")!;
        response["marks"]!.AsArray().Select(mark => (string)mark!).ShouldContain("late_classification");
    }

    [Fact]
    public async Task Feedback_that_becomes_urgent_was_answered_when_it_was()
    {
        const string policy = """
            {"order":900,"match":{"segment":"vip"},"calendar":"always","targets":{"feedback_follow_up":{"urgent":"PT24H"} } }
            """;
        using var body = new StringContent(policy, Encoding.UTF8, "application/json");
        using var put = await world.Admin.PutAsync("/v1/sla/policies/feedback-urgent", body);
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        var number = await world.InProgress(
            await world.Open(
                Requests.Of(world.Now, segment: Contracts.Segment.Vip) with
                {
                    Type = Contracts.RequestType.Suggestion,
                    Policy = new("feedback-urgent", 1, "always", 1),
                }
            )
        );
        world.Clock.Advance(TimeSpan.FromHours(1));
        var answeredAt = world.Now;
        await World.Do(world.LiWei, number, "responses", new { kind = "answer", text = "谢谢建议" });
        world.Clock.Advance(TimeSpan.FromHours(30));

        var version = (int)(await world.Ticket(number))["version"]!;
        using var answer = await Patch(number, """{ "urgency": "urgent" }""", $"\"{version}\"");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var sla = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        var owed = sla["clocks"]!.AsArray().Single()!;
        ((string)owed["state"]!, (DateTimeOffset)owed["metAt"]!).ShouldBe(("met", answeredAt));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired)]
    [InlineData("\"1\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("W/\"2\"", HttpStatusCode.PreconditionFailed)]
    public async Task A_change_names_the_version_that_it_is_meant_for(string? version, HttpStatusCode status)
    {
        var number = await world.Inquiry();

        using var answer = await Patch(number, """{ "urgency": "critical" }""", version);

        answer.StatusCode.ShouldBe(status);
        ((string)(await world.Ticket(number))["urgency"]!).ShouldBe("normal");
    }

    [Theory]
    [InlineData("""{ "urgency": "soon" }""", "/urgency", "unknown_value")]
    [InlineData("""{ "urgency": null }""", "/urgency", "required")]
    [InlineData("""{ "complaintLevel": 4 }""", "/complaintLevel", "out_of_range")]
    [InlineData("""{ "complex": "yes" }""", "/complex", "wrong_type")]
    [InlineData("""{ "status": "closed" }""", "/status", "unknown_member")]
    [InlineData("""[]""", "", "wrong_type")]
    public async Task A_wrong_value_is_refused_with_its_place(string patch, string pointer, string code)
    {
        var number = await world.Inquiry();

        using var answer = await Patch(number, patch, "\"2\"");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]![0]!;
        ((string)error["pointer"]!).ShouldBe(pointer);
        ((string)error["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task What_is_already_so_leaves_no_trace()
    {
        var number = await world.Inquiry();
        var lines = (await world.Timeline(number)).Count;

        using var answer = await Patch(number, """{ "urgency": "normal" }""", "\"2\"");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Timeline(number)).Count.ShouldBe(lines);
    }

    private async Task<HttpResponseMessage> Patch(string number, string patch, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = new StringContent(patch, Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json")),
        };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return await world.LiWei.SendAsync(request);
    }
}
