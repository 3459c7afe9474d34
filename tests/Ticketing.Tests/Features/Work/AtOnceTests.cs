using System.Net;
using System.Net.Http.Json;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>People who act at the same time, and clients that repeat themselves.</summary>
public sealed class AtOnceTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Two_agents_acting_at_once_lose_nothing()
    {
        var number = await world.InProgress();
        var lead = world.As("wang.fang", ["lead"], "front-line");

        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    World.Do(
                        i % 2 == 0 ? world.LiWei : lead,
                        number,
                        "responses",
                        new { kind = "answer", text = $"答复 {i}" }
                    )
                )
        );

        var lines = await world.Timeline(number);
        lines.Count(line => (string)line["kind"]! == "answer").ShouldBe(20);
        lines.Select(line => (int)line["seq"]!).ShouldBe(Enumerable.Range(1, lines.Count));
        var versions = (await world.Events(number)).Select(e => e.Message.GetProperty("version").GetInt32()).ToList();
        versions.ShouldBe(Enumerable.Range(1, versions.Count));
    }

    [Fact]
    public async Task A_ticket_is_resolved_once_however_many_try()
    {
        var number = await world.InProgress();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/resolutions", new { solution = "好了" })
                )
        );

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        (await world.Events(number)).Count(e => e.Type == "TicketResolved").ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_and_body_is_one_contact_and_one_answer()
    {
        var number = await world.Inquiry();

        var (first, _) = await Contact(number, "k-1", "reached");
        var (again, replayed) = await Contact(number, "k-1", "reached");

        again.ShouldBe(first);
        replayed.ShouldBeTrue();
        (await world.Kinds(number)).Count(kind => kind == "contact").ShouldBe(1);
    }

    private async Task<(string Body, bool Replayed)> Contact(string number, string key, string outcome)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/tickets/{number}/contacts")
        {
            Content = JsonContent.Create(new { channel = "phone", outcome }),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await world.LiWei.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.Contains("Idempotency-Replayed"));
    }
}
