using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Features.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

public sealed class CloseSilentTicketsTests(World world) : IClassFixture<World>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_says_nothing_is_reminded_once_after_a_day_and_closed_after_three()
    {
        var number = await world.Resolved();
        var resolved = world.Now;

        world.Clock.AdvanceTo(resolved.AddHours(24).AddSeconds(-1));
        await Look();
        (await world.Kinds(number)).ShouldNotContain("reminded");

        world.Clock.AdvanceTo(resolved.AddHours(24));
        await Eventually.That(async () => (await world.Kinds(number)).Contains("reminded"));
        var reminder = (await world.Events(number)).Single(e => e.Type == "ConfirmationReminderDue").Message;
        reminder.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(resolved.AddHours(72));
        reminder.GetProperty("episode").GetInt32().ShouldBe(1);

        world.Clock.AdvanceTo(resolved.AddHours(72).AddSeconds(-1));
        await Look();
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("resolved");

        world.Clock.AdvanceTo(resolved.AddHours(72));
        await Eventually.That(async () => (string?)(await world.Ticket(number))["status"] == "closed");
        ((string)(await world.Ticket(number))["confirmation"]!).ShouldBe("by_silence");
        (await world.Kinds(number)).Count(kind => kind == "reminded").ShouldBe(1);
        var confirmed = (await world.Events(number)).Single(e => e.Type == "ResolutionConfirmed").Message;
        confirmed.GetProperty("confirmation").GetString().ShouldBe("by_silence");
        confirmed.GetProperty("humanContactTookPlace").GetBoolean().ShouldBeTrue();
        (await world.Kinds(number)).ShouldContain(
            "sla_clock_started",
            "a person spoke to the customer: a survey is due"
        );
    }

    [Fact]
    public async Task Silence_after_a_resolution_without_a_human_contact_promises_no_survey()
    {
        var number = await world.Inquiry();
        await World.Do(world.LiWei, number, "resolutions", new { solution = "已补发", firstContactResolution = false });

        world.Clock.Advance(TimeSpan.FromHours(72));
        await Eventually.That(async () => (string?)(await world.Ticket(number))["status"] == "closed");

        (await world.Events(number))
            .Where(e => e.Type == "SlaClockStarted")
            .Select(e => e.Message.GetProperty("clock").GetProperty("clock").GetString())
            .ShouldNotContain("survey_dispatch");
    }

    [Fact]
    public async Task A_word_of_the_customer_ends_the_silence_and_a_new_resolution_begins_another()
    {
        var number = await world.Resolved();
        world.Clock.Advance(TimeSpan.FromHours(25));
        await Eventually.That(async () => (await world.Kinds(number)).Contains("reminded"));

        await World.Do(world.LiWei, number, "confirmations", new { solved = false });
        world.Clock.Advance(TimeSpan.FromHours(72));
        await Look();
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("in_progress");

        await World.Do(world.LiWei, number, "resolutions", new { solution = "又补发", firstContactResolution = false });
        world.Clock.Advance(TimeSpan.FromHours(24));
        await Eventually.That(async () => (await world.Kinds(number)).Count(kind => kind == "reminded") == 2);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("resolved");
    }

    [Fact]
    public async Task A_confirmed_case_that_waits_for_its_summary_is_let_be()
    {
        var number = await world.Resolved(await world.Complaint());
        await World.Do(world.LiWei, number, "confirmations", new { solved = true });

        world.Clock.Advance(TimeSpan.FromHours(100));
        await Look();

        ((string)(await world.Ticket(number))["confirmation"]!).ShouldBe("confirmed");
        (await world.Kinds(number)).ShouldNotContain("reminded");
    }

    [Fact]
    public async Task After_a_long_outage_it_is_closed_at_once_and_by_one_of_many()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
            numbers.Add(await world.Resolved());
        world.Clock.Advance(TimeSpan.FromHours(80));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Look()));
        foreach (var number in numbers)
            await Eventually.That(async () => (string?)(await world.Ticket(number))["status"] == "closed");

        foreach (var number in numbers)
        {
            var types = (await world.Events(number)).ConvertAll(e => e.Type);
            types.Count(type => type == "TicketClosed").ShouldBe(1);
            types.ShouldNotContain("ConfirmationReminderDue");
        }
    }

    [Fact]
    public async Task One_that_cannot_be_closed_holds_no_other_up_and_is_closed_when_it_can_be()
    {
        var stuck = await world.Resolved();
        var others = new[] { await world.Resolved(), await world.Resolved() };
        await using (await Poison.On(world.Db(), stuck))
        {
            world.Clock.Advance(TimeSpan.FromHours(80));
            foreach (var number in others)
                await Eventually.That(async () => (string?)(await world.Ticket(number))["status"] == "closed");
            ((string)(await world.Ticket(stuck))["status"]!).ShouldBe("resolved");
        }

        await Eventually.That(async () =>
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1)); // set aside for a minute, and looked for every half
            return (string?)(await world.Ticket(stuck))["status"] == "closed";
        });
    }

    /// <summary>A round of another replica.</summary>
    private async Task Look() =>
        await world.Host.Services.GetServices<IHostedService>().OfType<CloseSilentTickets>().Single().HearDue(Ct);
}
