using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>Handling that flatters the clocks is told, where it happens and once.</summary>
public sealed class HandlingSignalsTests(World world) : IClassFixture<World>
{
    private async Task<List<string>> Signals(string number) =>
        [
            .. (await world.Timeline(number))
                .Where(line => (string)line["kind"]! == "handling_signal")
                .Select(line => (string)line["details"]!["signal"]!),
        ];

    private async Task<string> InProgress()
    {
        var number = await world.Inquiry();
        await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "reached" });
        return number;
    }

    private async Task Write(string number)
    {
        var url = (string)JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}"))!["statusUrl"]!;
        using var written = await world
            .Host.Client()
            .PostAsJsonAsync($"{url}/messages", new { text = "什么时候能好？" });
        written.EnsureSuccessStatusCode();
    }

    private Task<JsonNode> Pause(string number) =>
        World.Do(world.LiWei, number, "pauses", new { reason = "third_party" });

    private async Task Resume(string number) =>
        (await world.LiWei.DeleteAsync($"/v1/tickets/{number}/pauses/current")).EnsureSuccessStatusCode();

    [Fact]
    public async Task Stopping_the_clocks_right_after_a_message_is_told()
    {
        var number = await InProgress();
        await Write(number);
        world.Clock.Advance(TimeSpan.FromMinutes(9));
        await Pause(number);
        (await Signals(number)).ShouldBe(["paused_after_customer_message"]);
        var told = (await world.Events(number)).Single(e => e.Type == "HandlingSignalled");
        told.Message.GetProperty("signal").GetString().ShouldBe("paused_after_customer_message");
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("later")]
    public async Task A_pause_that_comes_after_an_answer_or_much_later_is_a_pause(string how)
    {
        var number = await InProgress();
        await Write(number);
        if (how == "answered")
            await World.Do(world.LiWei, number, "responses", new { kind = "answer", text = "明天发货" });
        else
            world.Clock.Advance(TimeSpan.FromMinutes(11));
        await Pause(number);
        (await Signals(number)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pausing_again_and_again_is_told_once_and_after_as_many_pauses_again()
    {
        var number = await InProgress();
        for (var i = 0; i < 5; i++)
        {
            await Pause(number);
            world.Clock.Advance(TimeSpan.FromMinutes(5));
            await Resume(number);
        }

        (await Signals(number)).ShouldBe(["status_ping_pong"]);
        await Pause(number);
        (await Signals(number)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pauses_of_different_hours_are_no_game()
    {
        var number = await InProgress();
        for (var i = 0; i < 4; i++)
        {
            await Pause(number);
            world.Clock.Advance(TimeSpan.FromMinutes(31));
            await Resume(number);
        }

        (await Signals(number)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task A_resolution_that_does_not_last_a_day_is_told(int hours, bool told)
    {
        var number = await InProgress();
        await World.Do(world.LiWei, number, "resolutions", new { solution = "已补发", firstContactResolution = false });
        world.Clock.Advance(TimeSpan.FromHours(hours));
        await World.Do(world.LiWei, number, "confirmations", new { solved = false, note = "还没收到" });
        (await Signals(number)).ShouldBe(told ? ["reopened_soon"] : []);
    }
}
