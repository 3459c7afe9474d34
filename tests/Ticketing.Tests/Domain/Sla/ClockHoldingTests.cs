using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>In whose hands a clock's time ran: all of it, and nothing twice.</summary>
public sealed class ClockHoldingTests
{
    private static readonly Holding[] Holdings =
    [
        new(T("2026-03-02 09:10"), null, "front-line", TicketStatus.New),
        new(T("2026-03-02 09:20"), "li.wei", "front-line", TicketStatus.Assigned),
        new(T("2026-03-02 09:30"), "li.wei", "front-line", TicketStatus.InProgress),
        new(T("2026-03-02 10:00"), "li.wei", "front-line", TicketStatus.WaitingCustomer),
        new(T("2026-03-02 11:00"), "li.wei", "front-line", TicketStatus.InProgress),
        new(T("2026-03-02 11:30"), "sun.li", "product-support", TicketStatus.InProgress),
    ];

    private static Play Played(SlaTerms? terms = null) =>
        new Play("2026-03-02 09:00", terms)
            .Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 10:00")
            .Do(new ClockMove.Resumed(), "2026-03-02 11:00");

    private static IReadOnlyList<HeldTime> Held(Play play, ClockName name, string until)
    {
        var trace = play.Clock(name).Trace;
        var held = trace.HeldBy(Holdings, T(until));
        TimeSpan.FromTicks(held.Sum(one => one.Counted.Ticks)).ShouldBe(trace.Consumed(T(until)));
        return held;
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    [Fact]
    public void By_holder_in_order_and_what_stands_still_is_nobodys() =>
        Held(Played(), ClockName.Resolution, "2026-03-02 12:00")
            .ShouldBe([
                // Before it was opened it was new in the same queue.
                new(null, "front-line", TicketStatus.New, Minutes(20), Minutes(0)),
                new("li.wei", "front-line", TicketStatus.Assigned, Minutes(10), Minutes(0)),
                new("li.wei", "front-line", TicketStatus.InProgress, Minutes(60), Minutes(0)),
                new("sun.li", "product-support", TicketStatus.InProgress, Minutes(30), Minutes(0)),
            ]);

    [Fact]
    public void The_overrun_of_a_breach_is_split_too() =>
        // First contact is not paused by waiting: due at ten.
        Held(Played(), ClockName.FirstContact, "2026-03-02 12:00")
            .Select(held => (held.Owner, held.Status, held.Counted, held.Overrun))
            .ShouldBe([
                (null, TicketStatus.New, Minutes(20), Minutes(0)),
                ("li.wei", TicketStatus.Assigned, Minutes(10), Minutes(0)),
                ("li.wei", TicketStatus.InProgress, Minutes(60), Minutes(30)),
                ("li.wei", TicketStatus.WaitingCustomer, Minutes(60), Minutes(60)),
                ("sun.li", TicketStatus.InProgress, Minutes(30), Minutes(30)),
            ]);

    [Fact]
    public void Only_working_time_counts_and_after_the_end_nothing()
    {
        var late = Played(On(Office(hours: "09:45-11:45"))).Do(new ClockMove.Resolved(), "2026-03-02 11:40");
        Held(late, ClockName.Resolution, "2026-03-05 12:00")
            .Select(held => (held.Owner, held.Counted))
            .ShouldBe([(null, Minutes(0)), ("li.wei", Minutes(0)), ("li.wei", Minutes(45)), ("sun.li", Minutes(10))]);
    }

    [Fact]
    public void A_ticket_without_a_story_is_held_by_nobody_that_is_known() =>
        Played().Clock(ClockName.Resolution).Trace.HeldBy([], T("2026-03-02 12:00")).ShouldBeEmpty();
}
