using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>The ledger names holidays, pauses, who and why.</summary>
public sealed class ClockExplanationTests
{
    [Fact]
    public void Every_piece_of_a_long_weekend_is_accounted_for()
    {
        var calendar = Office(
            "Asia/Shanghai",
            holidays: [new(new(2026, 3, 9), "三八假", null)],
            workdays: [new(new(2026, 3, 7), "调休上班", ["10:00-16:00"])]
        );
        // Friday 16:30 in Shanghai; the customer is waited for on Saturday's make-up day, an urgent change follows on Tuesday.
        var play = new Play("2026-03-06 08:30", Only("resolution", "PT8H", calendar, ["waiting_customer"]));
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer) { By = "li.wei" }, "2026-03-07 04:00");
        play.Do(new ClockMove.Resumed("the customer wrote") { By = "customer" }, "2026-03-07 06:00");
        play.Terms = On(
            calendar,
            spec =>
                spec with
                {
                    Id = "vip",
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["resolution"] = new("PT12H", "PT12H", "PT12H"),
                    },
                }
        );
        play.Change(facts => facts with { Segment = Segment.Vip }, "2026-03-10 02:00");

        play.Clock(ClockName.Resolution)
            .Trace.Explain(T("2026-03-10 03:00"))
            .Select(s =>
                $"{s.From:dd HH:mm}-{s.To:dd HH:mm} {Word.Of(s.Kind)} {IsoDuration.Write(s.Counted)} {s.Because}"
            )
            .ShouldBe([
                "06 08:30-06 09:00 running PT30M request received",
                "06 09:00-07 02:00 closed_hours PT0S closed hours",
                "07 02:00-07 04:00 running PT2H 调休上班",
                "07 04:00-07 06:00 paused PT0S paused: waiting_customer by li.wei",
                "07 06:00-07 08:00 running PT2H resumed: the customer wrote (调休上班)",
                "07 08:00-08 16:00 closed_hours PT0S closed hours",
                "08 16:00-09 16:00 holiday PT0S 三八假",
                "09 16:00-10 01:00 closed_hours PT0S closed hours",
                "10 01:00-10 02:00 running PT1H working hours",
                "10 02:00-10 03:00 running PT1H retargeted: PT8H to PT12H by wang.fang",
            ]);
    }

    [Fact]
    public void It_ends_where_the_clock_ended()
    {
        var play = new Play("2026-03-02 09:00").Do(new ClockMove.ContactReached(), "2026-03-02 09:20");
        var segment = play.Clock(ClockName.FirstContact).Trace.Explain(T("2026-03-03 09:00")).ShouldHaveSingleItem();
        (segment.To, segment.Counted).ShouldBe((T("2026-03-02 09:20"), TimeSpan.FromMinutes(20)));
    }

    [Fact]
    public void A_clock_that_has_not_begun_has_no_ledger() =>
        new Play("2026-03-02 09:03", openedAt: "2026-03-02 09:00")
            .Clock(ClockName.FirstContact)
            .Trace.Explain(T("2026-03-02 09:01"))
            .ShouldBeEmpty();
}
