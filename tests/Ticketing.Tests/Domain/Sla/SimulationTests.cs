using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>The same history under other terms, by the same engine.</summary>
public sealed class SimulationTests
{
    private static readonly string[] Week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly DateTimeOffset Now = T("2026-03-10 00:00");

    private static SlaTerms Draft(string firstContact, Func<SlaPolicySpec, SlaPolicySpec>? more = null) =>
        On(
            WorkCalendar.AlwaysOpen,
            spec =>
            {
                spec = spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["first_contact"] = new(firstContact, firstContact, firstContact),
                    },
                };
                return more?.Invoke(spec) ?? spec;
            },
            version: 0
        );

    private static PastEvent[] ContactAfter(int minutes, Func<SlaFacts, SlaFacts>? with = null)
    {
        var start = T("2026-03-02 09:00");
        var facts = Inquiry(start);
        return
        [
            new PastEvent.Opened(start, with?.Invoke(facts) ?? facts),
            new PastEvent.Moved(start.AddMinutes(minutes), new ClockMove.ContactReached()),
        ];
    }

    private static void Add(Simulation simulation, PastEvent[] events, SlaTerms real)
    {
        var id = Guid.CreateVersion7();
        simulation.Add(id, events, ClockReplay.Of(id, events, _ => real));
    }

    [Fact]
    public void A_tighter_target_breaches_what_was_met_and_says_when_on_the_wall_clock()
    {
        var simulation = new Simulation(Draft("PT15M"), [Standard], Now);
        Add(simulation, ContactAfter(10), Standard);
        Add(simulation, ContactAfter(20), Standard);
        Add(simulation, ContactAfter(90), Standard);

        simulation.Actual.Clocks[ClockName.FirstContact].ShouldBe(new(3, 2, 1, 0, 0));
        simulation.Simulated.Clocks[ClockName.FirstContact].ShouldBe(new(3, 1, 2, 0, 0));
        simulation.Simulated.Clocks[ClockName.FirstContact].Share!.Value.ShouldBe(1 / 3.0);
        // 09:15 UTC, twice, on a Monday.
        simulation.Simulated.ByHour[9].ShouldBe(2);
        simulation.Simulated.ByHour.Sum().ShouldBe(2);
        simulation.Simulated.ByWeekday["mon"].ShouldBe(2);
    }

    [Fact]
    public void Hours_and_weekdays_are_those_of_the_calendars_zone()
    {
        var office = Office("Asia/Shanghai", "00:00-24:00", days: Week);
        var draft = On(office, version: 0);
        var start = T("2026-03-01 16:30");
        var simulation = new Simulation(draft, [Standard], Now);
        Add(simulation, [new PastEvent.Opened(start, Inquiry(start))], Standard);

        // First contact breaches at 17:30 UTC on Sunday: half past one on Monday in Shanghai.
        (simulation.Simulated.ByHour[1], simulation.Simulated.ByWeekday["mon"]).ShouldBe((1, 1));
    }

    [Fact]
    public void Only_tickets_that_the_draft_covers_count_and_then_with_all_their_clocks()
    {
        var vip = Draft("PT15M", spec => spec with { Id = "vip", Order = 5, Match = new(Segment: "vip") });
        var simulation = new Simulation(vip, [Standard], Now);
        Add(simulation, ContactAfter(20), Standard);
        Add(simulation, ContactAfter(20, facts => facts with { Segment = Segment.Vip }), Standard);

        (simulation.Tickets, simulation.Matched).ShouldBe((2, 1));
        simulation.Actual.Clocks.Keys.ShouldBe(
            [ClockName.FirstContact, ClockName.Resolution, ClockName.ProgressUpdate],
            ignoreOrder: true
        );
        simulation.Simulated.Clocks.ShouldHaveSingleItem().Key.ShouldBe(ClockName.FirstContact);
    }

    [Fact]
    public void A_policy_before_it_in_order_keeps_its_tickets()
    {
        var first = On(WorkCalendar.AlwaysOpen, spec => spec with { Id = "first", Order = 1 });
        var simulation = new Simulation(Draft("PT15M"), [Standard, first], Now);
        Add(simulation, ContactAfter(20), first);
        (simulation.Tickets, simulation.Matched).ShouldBe((1, 0));
    }

    [Fact]
    public void The_draft_of_a_policy_that_is_published_takes_its_place()
    {
        var published = On(WorkCalendar.AlwaysOpen, spec => spec with { Order = 1 });
        var simulation = new Simulation(Draft("PT15M"), [published], Now);
        Add(simulation, ContactAfter(20), published);
        simulation.Matched.ShouldBe(1);
        simulation.Simulated.Clocks[ClockName.FirstContact].Breached.ShouldBe(1);
    }

    [Fact]
    public void Open_ones_past_due_are_breached_cancelled_ones_have_no_verdict_and_nothing_decided_is_no_share()
    {
        var count = new AttainmentCount("UTC", T("2026-03-02 12:00"));
        var start = T("2026-03-02 09:00");
        PastEvent.Opened opened = new(start, Inquiry(start));
        foreach (var clock in ClockReplay.Of(Guid.CreateVersion7(), [opened], _ => Standard))
            count.Add(clock);
        count.Clocks[ClockName.FirstContact].ShouldBe(new(1, 0, 1, 0, 0));
        count.Clocks[ClockName.Resolution].ShouldBe(new(1, 0, 0, 1, 0));
        count.Clocks[ClockName.Resolution].Share.ShouldBeNull();

        PastEvent[] spam = [opened, new PastEvent.Moved(start.AddMinutes(5), new ClockMove.Cancelled("spam"))];
        foreach (var clock in ClockReplay.Of(Guid.CreateVersion7(), spam, _ => Standard))
            count.Add(clock);
        count.Clocks[ClockName.FirstContact].ShouldBe(new(2, 0, 1, 0, 1));
    }

    [Fact]
    public void A_policy_of_a_team_takes_over_as_the_ticket_is_opened_there()
    {
        var team = Draft("PT15M", spec => spec with { Id = "team", Order = 5, Match = new(Team: "front-line") });
        var simulation = new Simulation(team, [Standard], Now);
        Add(simulation, ContactAfter(20), Standard);
        Add(simulation, ContactAfter(20, facts => facts with { Team = "technical" }), Standard);

        (simulation.Tickets, simulation.Matched).ShouldBe((2, 1));
        simulation.Simulated.Clocks[ClockName.FirstContact].ShouldBe(new(1, 0, 1, 0, 0));
        // Promised at intake, where no team was known, and not by the team's policy.
        simulation.Simulated.Clocks[ClockName.Resolution].ShouldBe(new(1, 0, 0, 0, 1));
    }
}
