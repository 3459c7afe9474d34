using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Features.Surveying;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Surveying;

/// <summary>Survey answers a confirmation: it asks the customer, or it says why not.</summary>
public sealed class SurveyDispatchTests(World world) : IClassFixture<World>
{
    private SurveyInvited Invited(string number, int episode = 1, DateTimeOffset? at = null) =>
        new(
            Guid.CreateVersion7(),
            1,
            "ticket-satisfaction",
            1,
            Guid.CreateVersion7(),
            number,
            episode,
            Channel.App,
            "zh-CN",
            null,
            world.Now.AddDays(14),
            at ?? world.Now
        );

    private SurveyInvitationSuppressed Suppressed(string number, string reason, int episode = 1) =>
        new(Guid.CreateVersion7(), 1, "ticket-satisfaction", Guid.CreateVersion7(), number, episode, reason, world.Now);

    private Task Hear(SurveyInvited invited) =>
        world.Take<MeetSurveyDispatchOnSurveyInvited>((slice, ct) => slice.Meet(invited, ct));

    private Task Hear(SurveyInvitationSuppressed suppressed) =>
        world.Take<DropSurveyDispatchOnSurveyInvitationSuppressed>((slice, ct) => slice.Drop(suppressed, ct));

    private async Task<List<JsonNode>> Dispatches(string number)
    {
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        return [.. sla["clocks"]!.AsArray().Where(c => (string)c!["clock"]! == "survey_dispatch").Select(c => c!)];
    }

    private Task<JsonNode> Reopen(string number) =>
        World.Do(world.LiWei, number, "confirmations", new { solved = false, note = "还是不行" });

    [Fact]
    public async Task Confirming_promises_a_survey_within_two_hours_and_the_invitation_keeps_it()
    {
        var number = await world.Closed();
        var running = (await Dispatches(number)).ShouldHaveSingleItem();
        ((string)running["state"]!).ShouldBe("running");
        ((string)running["target"]!).ShouldBe("PT2H");

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = world.Now;
        var invited = Invited(number);
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        await Hear(invited);

        var met = (await Dispatches(number)).ShouldHaveSingleItem();
        ((string)met["state"]!).ShouldBe("met");
        ((DateTimeOffset)met["metAt"]!).ShouldBe(asked);
        ((string)met["consumed"]!).ShouldBe("PT1M");
        (await world.Kinds(number)).ShouldContain("survey_invited");
        (await world.Events(number)).Count(e => e.Type == "SlaClockMet").ShouldBe(4);
    }

    [Fact]
    public async Task The_same_answer_under_another_message_changes_nothing()
    {
        var number = await world.Closed();
        var invited = Invited(number);
        await Hear(invited);
        var before = (await world.Events(number)).Count;
        await Hear(invited);
        await Hear(Invited(number));
        (await world.Events(number)).Count.ShouldBe(before);
        (await world.Kinds(number)).Count(kind => kind == "survey_invited").ShouldBe(2);
        (await Dispatches(number)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_suppressed_invitation_ends_the_clock_with_its_reason()
    {
        var number = await world.Closed();
        await Hear(Suppressed(number, "do_not_contact"));
        ((string)(await Dispatches(number)).ShouldHaveSingleItem()["state"]!).ShouldBe("cancelled");
        var line = (await world.Timeline(number)).Single(l => (string)l["kind"]! == "survey_suppressed");
        ((string)line["details"]!["reason"]!).ShouldBe("do_not_contact");
        var told = (await world.Events(number)).Single(e => e.Type == "SlaClockCancelled").Message;
        told.GetProperty("reason").GetString().ShouldBe("do_not_contact");
    }

    [Fact]
    public async Task Reopening_ends_the_clock_and_a_late_answer_to_the_old_episode_leaves_the_new_one_alone()
    {
        var number = await world.Closed();
        var invited = Invited(number, at: world.Now.AddMinutes(1));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await Reopen(number);
        ((string)(await Dispatches(number)).ShouldHaveSingleItem()["state"]!).ShouldBe("cancelled");
        await world.Resolved(number);
        await World.Do(world.LiWei, number, "confirmations", new { solved = true });

        // It was sent before the reopening, and only becomes known now.
        await Hear(invited);

        var clocks = await Dispatches(number);
        clocks.Select(c => (string)c["state"]!).ShouldBe(["met", "running"]);
        clocks.Select(c => (int)c["episode"]!).ShouldBe([1, 2]);
        await Hear(invited with { InvitationId = Guid.CreateVersion7(), OccurredAt = world.Now });
        (await Dispatches(number)).Select(c => (string)c["state"]!).ShouldBe(["met", "running"]);
        await Hear(Suppressed(number, "unreachable"));
        (await Dispatches(number)).Select(c => (string)c["state"]!).ShouldBe(["met", "running"]);
    }

    [Fact]
    public async Task An_answer_that_is_older_than_its_question_by_another_hosts_clock_counts_from_the_start()
    {
        var number = await world.Closed();
        var invited = Invited(number, at: world.Now.AddSeconds(-2));
        await Hear(invited);
        await Hear(invited with { InvitationId = Guid.CreateVersion7() });
        var met = (await Dispatches(number)).ShouldHaveSingleItem();
        ((string)met["state"]!).ShouldBe("met");
        ((string)met["consumed"]!).ShouldBe("PT0S");
        (await world.Events(number))
            .Count(e =>
                e.Type == "SlaClockMet"
                && e.Message.GetProperty("clock").GetProperty("clock").GetString() == "survey_dispatch"
            )
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_survey_without_a_ticket_or_of_an_unknown_one_is_let_be()
    {
        await Hear(Invited("R26-9999999"));
        await Hear(Suppressed("R26-9999999", "do_not_contact"));
        await Hear(Invited("") with { Number = null, Episode = null });
        (await world.Events("R26-9999999")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_clocks_come_in_the_order_of_the_products_table()
    {
        var number = await world.Complaint();
        await world.Resolved(number);
        await World.Do(world.LiWei, number, "confirmations", new { solved = true });
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        sla["clocks"]!
            .AsArray()
            .Select(clock => (string)clock!["clock"]!)
            .ShouldBe([
                "first_contact",
                "complaint_response",
                "progress_update",
                "resolution",
                "survey_dispatch",
                "complaint_follow_up",
            ]);
    }

    [Fact]
    public async Task Over_the_broker_each_answer_counts_once_on_two_replicas()
    {
        await using var database = await TestDatabase.For<TicketingDbContext>();
        var broker = await TestBroker.Claim();
        await using var first = new ServiceHost<TicketingDbContext>(database, broker);
        await using var second = new ServiceHost<TicketingDbContext>(database, broker);
        (first.Client(), second.Client()).ShouldNotBe(default);
        var invited = Invited("R26-0000001");
        await using (var db = database.Context())
        {
            for (var i = 0; i < 3; i++)
                db.Publish(invited);
            db.Publish(Suppressed("R26-0000001", "do_not_contact"));
            await db.SaveChangesAsync();
        }

        await Eventually.That(
            async () =>
            {
                await using var db = database.Context();
                var handled = await db
                    .Database.SqlQuery<int>(
                        $"SELECT count(*)::int AS \"Value\" FROM messaging.inbox WHERE consumer LIKE 'ticketing-%-survey-dispatch-on-%'"
                    )
                    .SingleAsync();
                return handled == 4;
            },
            within: TimeSpan.FromSeconds(240)
        );
    }
}
