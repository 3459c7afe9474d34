using System.Net;

namespace CustomerFeedback.Survey.Tests.Features.Responses;

public sealed class ListResponsesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Analysts_read_what_came_back_and_nobody_is_named()
    {
        // Whatever else this class has brought in came before.
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var since = $"from={world.Now:yyyy-MM-ddTHH:mm:ss.ffffffZ}";
        List<string> numbers = [];
        for (var n = 0; n < 3; n++)
        {
            var (_, token, row) = await world.Invited();
            numbers.Add(row.Number);
            (await world.Submit(token, new { overall = 5, comment = "请打13800001234联系我" })).StatusCode.ShouldBe(
                HttpStatusCode.Created
            );
        }

        var one = (await World.Get(world.Analyst, $"/v1/responses?ticket={numbers[0]}"))["items"]!
            .AsArray()
            .ShouldHaveSingleItem()!;
        ((string)one["ticket"]!).ShouldBe(numbers[0]);
        ((int)one["answers"]!["overall"]!).ShouldBe(5);
        ((string)one["answers"]!["comment"]!).ShouldBe("请打138****1234联系我");
        one.ToJsonString().ShouldNotContain("customer");
        var first = await World.Get(world.Analyst, $"/v1/responses?questionnaire=ticket-satisfaction&{since}&limit=2");
        var rest = await World.Get(
            world.Analyst,
            $"/v1/responses?questionnaire=ticket-satisfaction&{since}&limit=2&cursor={(string)first["nextCursor"]!}"
        );
        first["items"]!
            .AsArray()
            .Concat(rest["items"]!.AsArray())
            .Select(r => (string)r!["ticket"]!)
            .ShouldBe(Enumerable.Reverse(numbers));
        (await World.Get(world.Analyst, $"/v1/responses?{since}&sort=submittedAt"))["items"]!
            .AsArray()
            .Select(r => (string)r!["ticket"]!)
            .ShouldBe(numbers);
        (await World.Get(world.Analyst, $"/v1/responses?from={world.Now.AddDays(1):yyyy-MM-dd}T00:00:00Z"))["items"]!
            .AsArray()
            .ShouldBeEmpty();
        (await world.Analyst.GetAsync("/v1/responses?from=yesterday")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await world.Analyst.GetAsync("/v1/responses?weather=fine")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await world.Agent.GetAsync("/v1/responses")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
