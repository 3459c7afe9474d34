using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Ticketing.Features.Surveying;

namespace CustomerFeedback.Ticketing.Tests.Features.Surveying;

/// <summary>After a complaint is resolved the customer is called within a day; Survey tells how it went.</summary>
public sealed class ComplaintFollowUpTests(World world) : IClassFixture<World>
{
    private readonly Guid _task = Guid.CreateVersion7();

    private FollowUpAttempted Attempted(string number, int attempt, int episode = 1) =>
        new(
            _task,
            attempt + 1,
            Guid.Empty,
            number,
            episode,
            attempt,
            FollowUpOutcome.NoContact,
            null,
            "he.jing",
            world.Now
        );

    private FollowUpCompleted Completed(string number, FollowUpOutcome outcome, int episode = 1) =>
        new(_task, 2, "complaint-follow-up", Guid.Empty, number, episode, 1, outcome, null, "he.jing", world.Now);

    private Task Hear(FollowUpAttempted attempted) =>
        world.Take<MeetComplaintFollowUpOnFollowUpAttempted>((slice, ct) => slice.Meet(attempted, ct));

    private Task Hear(FollowUpCompleted completed) =>
        world.Take<MeetComplaintFollowUpOnFollowUpCompleted>((slice, ct) => slice.Meet(completed, ct));

    private Task Hear(FollowUpCancelled cancelled) =>
        world.Take<DropComplaintFollowUpOnFollowUpCancelled>((slice, ct) => slice.Drop(cancelled, ct));

    private async Task<string> Resolved()
    {
        var number = await world.Open(Requests.Of(world.Now, Category.Complaint));
        await World.Do(world.Manager, number, "contacts", new { channel = "phone", outcome = "reached" });
        await World.Do(
            world.Manager,
            number,
            "resolutions",
            new { solution = "已补发", firstContactResolution = false }
        );
        return number;
    }

    private async Task<JsonNode> Clock(string number)
    {
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        return sla["clocks"]!
            .AsArray()
            .Where(clock => (string)clock!["clock"]! == "complaint_follow_up")
            .ShouldHaveSingleItem()!;
    }

    [Fact]
    public async Task A_resolved_complaint_starts_the_clock_and_the_call_meets_it()
    {
        var number = await Resolved();
        var running = await Clock(number);
        ((string)running["state"]!, (string)running["target"]!).ShouldBe(("running", "PT24H"));
        ((DateTimeOffset)running["startedAt"]!).ShouldBe(world.Now);

        world.Clock.Advance(TimeSpan.FromHours(3));
        var called = Completed(number, FollowUpOutcome.Complete);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await Hear(called);
        await Hear(called); // under another message's id
        var met = await Clock(number);
        ((string)met["state"]!, (string)met["consumed"]!).ShouldBe(("met", "PT3H"));
        met["marks"]!.AsArray().ShouldBeEmpty();
        (await world.Kinds(number)).Count(kind => kind == "follow_up_completed").ShouldBe(1);
        (await world.Events(number))
            .Count(e => e.Type == "SlaClockMet" && e.Message.ToString().Contains("complaint_follow_up"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_nobody_answered_keeps_the_promise_and_is_marked_so()
    {
        var number = await Resolved();
        await Hear(Attempted(number, 1));
        await Hear(Attempted(number, 2));
        await Hear(Completed(number, FollowUpOutcome.NoContact));
        var met = await Clock(number);
        ((string)met["state"]!).ShouldBe("met");
        met["marks"]!.AsArray().Select(mark => (string)mark!).ShouldBe(["by_attempt"]);
        (await world.Kinds(number))
            .Where(kind => kind.StartsWith("follow_up", StringComparison.Ordinal))
            .ShouldBe(["follow_up_attempted", "follow_up_attempted", "follow_up_completed"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_does_not_want_to_be_called_was_promised_nothing()
    {
        var number = await Resolved();
        await Hear(new FollowUpCancelled(_task, 2, Guid.Empty, number, 1, "do_not_contact", world.Now));
        ((string)(await Clock(number))["state"]!).ShouldBe("cancelled");
    }

    [Fact]
    public async Task Reopening_ends_the_clock_and_the_next_resolution_has_one_of_its_own()
    {
        var number = await Resolved();
        await World.Do(world.Manager, number, "confirmations", new { solved = false, note = "还是不行" });
        ((string)(await Clock(number))["state"]!).ShouldBe("cancelled");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await World.Do(
            world.Manager,
            number,
            "resolutions",
            new { solution = "又补发", firstContactResolution = false }
        );
        // What Survey did about the first episode touches no other's clock.
        await Hear(Attempted(number, 1, episode: 1));
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        sla["clocks"]!
            .AsArray()
            .Where(clock => (string)clock!["clock"]! == "complaint_follow_up")
            .Select(clock => ((int)clock!["episode"]!, (string)clock["state"]!))
            .ShouldBe([(1, "cancelled"), (2, "running")], ignoreOrder: true);
    }
}
