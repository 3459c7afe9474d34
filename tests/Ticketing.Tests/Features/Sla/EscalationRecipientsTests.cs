using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>Who is told of a breach and of a step, and from when: quiet hours hold back what is told, never the clock.</summary>
public sealed class EscalationRecipientsTests(World world) : IClassFixture<World>
{
    private async Task<HttpStatusCode> Quiet(object? hours)
    {
        using var agent = await world.Admin.GetAsync("/v1/agents/li.wei");
        var body = (await agent.Content.ReadFromJsonAsync<JsonNode>())!;
        body["quietHours"] = JsonSerializer.SerializeToNode(hours);
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/agents/li.wei")
        {
            Content = JsonContent.Create(body),
        };
        put.Headers.IfMatch.Add(agent.Headers.ETag!);
        using var answer = await world.Admin.SendAsync(put);
        return answer.StatusCode;
    }

    private async Task<List<JsonElement>> Alerts(string number, string type) =>
        [.. (await world.Events(number)).Where(e => e.Type == type).Select(e => e.Message)];

    private static DateTimeOffset? From(JsonElement message) =>
        message.GetProperty("notifyFrom") is { ValueKind: JsonValueKind.String } from ? from.GetDateTimeOffset() : null;

    [Fact]
    public async Task In_the_quiet_hours_of_who_is_told_telling_waits_unless_it_is_urgent()
    {
        // It is nine in the morning in Shanghai, and quiet until noon.
        (
            await Quiet(
                new
                {
                    zone = "Asia/Shanghai",
                    from = "08:00",
                    to = "12:00",
                }
            )
        ).ShouldBe(HttpStatusCode.OK);
        var noon = world.Now.AddHours(3);
        var normal = await world.Inquiry();
        var urgent = await world.Open(Requests.Of(world.Now, urgency: Urgency.Urgent));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.That(async () =>
        {
            (await Alerts(normal, "TicketEscalated")).ShouldNotBeEmpty();
            (await Alerts(urgent, "TicketEscalated")).ShouldNotBeEmpty();
        });

        var told = (await Alerts(normal, "TicketEscalated")).Single(e => e.GetProperty("step").GetString() == "at:1");
        (told.GetProperty("recipient").GetString(), From(told)).ShouldBe(("li.wei", noon));
        // The clock has not waited: its step was due, and is told to have been due, an hour ago.
        told.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(world.Now);
        From((await Alerts(normal, "SlaBreached")).ShouldHaveSingleItem()).ShouldBe(noon);
        (await Alerts(urgent, "TicketEscalated")).ShouldAllBe(e => From(e) == null);
        From((await Alerts(urgent, "SlaBreached")).ShouldHaveSingleItem()).ShouldBeNull();
        (await world.Timeline(normal))
            .Where(line => (string)line["kind"]! == "escalated")
            .Select(line => (DateTimeOffset?)line["details"]!["notifyFrom"])
            .ShouldBe([noon]);

        (await Quiet(null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Quiet_hours_that_are_none_are_refused() =>
        (
            await Quiet(
                new
                {
                    zone = "Mars",
                    from = "22:00",
                    to = "07:00",
                }
            )
        ).ShouldBe(HttpStatusCode.BadRequest);
}
