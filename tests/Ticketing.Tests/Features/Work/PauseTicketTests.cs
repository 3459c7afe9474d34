using System.Net;
using System.Net.Http.Json;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

public sealed class PauseTicketTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("waiting_customer", "waiting_customer")]
    [InlineData("customer_scheduled", "waiting_customer")]
    [InlineData("third_party", "waiting_collaboration")]
    public async Task A_pause_waits_for_somebody_and_is_ended_by_hand(string reason, string status)
    {
        var number = await world.InProgress();

        var paused = await World.Do(world.LiWei, number, "pauses", new { reason });
        ((string)paused["status"]!).ShouldBe(status);
        ((string)paused["pause"]!["reason"]!).ShouldBe(reason);

        using var resumed = await world.LiWei.DeleteAsync($"/v1/tickets/{number}/pauses/current");
        resumed.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("in_progress");
    }

    [Fact]
    public async Task A_pause_with_an_end_ends_by_itself_at_that_time()
    {
        var number = await world.InProgress();
        var until = world.Now.AddHours(2);
        await World.Do(world.LiWei, number, "pauses", new { reason = "customer_scheduled", until });

        world.Clock.AdvanceTo(until.AddMinutes(5));
        await Eventually.That(async () => (string?)(await world.Ticket(number))["status"] == "in_progress");

        var resumed = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "resumed");
        ((DateTimeOffset)resumed["at"]!).ShouldBe(until);
        ((string)resumed["by"]!).ShouldBe("system");
        ((string)resumed["details"]!["cause"]!).ShouldBe("time_came");
    }

    [Fact]
    public async Task One_that_cannot_be_resumed_holds_no_other_up()
    {
        var (stuck, other) = (await world.InProgress(), await world.InProgress());
        var until = world.Now.AddHours(2);
        foreach (var number in new[] { stuck, other })
            await World.Do(world.LiWei, number, "pauses", new { reason = "customer_scheduled", until });
        await using (await Poison.On(world.Db(), stuck))
        {
            world.Clock.AdvanceTo(until.AddMinutes(1));
            await Eventually.That(async () => (string?)(await world.Ticket(other))["status"] == "in_progress");
            ((string)(await world.Ticket(stuck))["status"]!).ShouldBe("waiting_customer");
        }

        await Eventually.That(async () =>
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1)); // set aside for a minute, and looked for every half
            return (string?)(await world.Ticket(stuck))["status"] == "in_progress";
        });
    }

    [Fact]
    public async Task A_pause_needs_work_in_progress_and_an_end_in_the_future()
    {
        var number = await world.Inquiry();

        using var early = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/pauses",
            new { reason = "third_party" }
        );
        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var past = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/pauses",
            new { reason = "third_party", until = world.Now }
        );
        past.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var nothing = await world.LiWei.DeleteAsync($"/v1/tickets/{number}/pauses/current");
        nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }
}
