using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>An emergency: people are gathered within the hour, and it is recorded who.</summary>
public sealed class MobilisePeopleTests(World world) : IClassFixture<World>
{
    private HttpClient Duty => world.As("chen.jie", ["duty"]);

    private Task<string> Emergency() => world.Open(Requests.Of(world.Now, Contracts.Category.EmergencySupport));

    private async Task<JsonNode> Clock(string number)
    {
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        return sla["clocks"]!.AsArray().Single(each => (string)each!["clock"]! == "emergency_mobilisation")!;
    }

    [Fact]
    public async Task Gathering_people_meets_the_clock_and_who_joins_later_is_recorded_too()
    {
        var number = await Emergency();
        var clock = await Clock(number);
        ((string)clock["state"]!, (string)clock["target"]!).ShouldBe(("running", "PT1H"));

        world.Clock.Advance(TimeSpan.FromMinutes(40));
        await World.Do(Duty, number, "mobilisation", new { people = new[] { "li.wei", "王工" }, note = "电话会议" });
        (string, DateTimeOffset) met = (
            (string)(await Clock(number))["state"]!,
            (DateTimeOffset)(await Clock(number))["metAt"]!
        );
        met.ShouldBe(("met", world.Now));
        await World.Do(Duty, number, "mobilisation", new { people = new[] { "zhou.jun" } });

        var lines = (await world.Timeline(number)).Where(line => (string)line["kind"]! == "people_gathered").ToList();
        lines
            .Select(line => line["details"]!["people"]!.ToJsonString())
            .ShouldBe([new JsonArray("li.wei", "王工").ToJsonString(), """["zhou.jun"]"""], ignoreOrder: true);
        (await world.Events(number)).Count(e => e.Type == "EmergencyMobilised").ShouldBe(2);
        (await world.Events(number)).Count(e => e.Type == "SlaClockMet").ShouldBe(1);
    }

    [Fact]
    public async Task Only_for_emergencies_by_those_in_charge_and_with_somebody_named()
    {
        var inquiry = await world.Inquiry();
        using var none = await Duty.PostAsJsonAsync(
            $"/v1/tickets/{inquiry}/mobilisation",
            new { people = new[] { "x" } }
        );
        none.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await none.Content.ReadAsStringAsync()).ShouldContain("no_emergency");

        var number = await Emergency();
        using var nobody = await Duty.PostAsJsonAsync(
            $"/v1/tickets/{number}/mobilisation",
            new { people = Array.Empty<string>() }
        );
        nobody.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var agent = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/mobilisation",
            new { people = new[] { "x" } }
        );
        agent.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
