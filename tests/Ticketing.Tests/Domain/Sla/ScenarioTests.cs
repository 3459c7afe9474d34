using System.Text.Json;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Domain.Sla.ScenarioSpec;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What a scenario says is compared with what the engine does, as of the instant that it names.</summary>
public sealed class ScenarioTests
{
    private static readonly DateTimeOffset Start = T("2026-03-02 09:00");

    private static IReadOnlyList<ScenarioFinding> Failures(StepSpec[] when, params ExpectSpec[] expect) =>
        FailuresUnder(Standard, new(ReceivedAt: Start), when, expect);

    private static IReadOnlyList<ScenarioFinding> FailuresUnder(
        SlaTerms terms,
        GivenSpec given,
        StepSpec[] when,
        params ExpectSpec[] expect
    )
    {
        var reader = new ScenarioReader();
        var scenarios = reader.Read([new("example", given, when, expect)]);
        reader.Problems.ShouldBeEmpty();
        return scenarios.Single().Failures(terms);
    }

    private static IEnumerable<(string, string)> Problems(params ScenarioSpec?[] specs)
    {
        var reader = new ScenarioReader();
        reader.Read(specs);
        return reader.Problems.Select(problem => (problem.Pointer, problem.Code));
    }

    [Fact]
    public void What_comes_out_as_written_is_no_finding() =>
        Failures(
                [
                    new(Start.AddMinutes(5), Contact: "no_answer"),
                    new(Start.AddMinutes(10), Contact: "reached"),
                    new(Start.AddMinutes(20), Response: "progress", NewEstimate: Start.AddHours(5)),
                    new(Start.AddMinutes(30), Pause: "waiting_customer"),
                    new(Start.AddMinutes(60), Resume: true),
                    new(Start.AddMinutes(70), Resolve: true),
                    new(Start.AddMinutes(80), Confirm: "confirmed"),
                ],
                new("first_contact", State: "running", At: Start.AddMinutes(9)),
                new("first_contact", State: "met", Consumed: "PT10M", Target: "PT1H", DueAt: Start.AddHours(1)),
                new("progress_update", At: Start.AddMinutes(29), DueAt: Start.AddHours(5)),
                new("resolution", At: Start.AddMinutes(45), State: "paused", Consumed: "PT30M"),
                new("resolution", State: "met", Consumed: "PT40M"),
                new("survey_dispatch", State: "running"),
                new("complaint_response", State: "none")
            )
            .ShouldBeEmpty();

    [Fact]
    public void What_comes_out_otherwise_says_which_line_what_was_expected_and_what_came()
    {
        var findings = Failures(
            [],
            new("first_contact", DueAt: Start.AddHours(2), State: "paused"),
            new("solution_plan", DueAt: Start),
            new("first_contact", At: Start.AddHours(2), BreachedAt: Start.AddHours(1), State: "met")
        );
        findings.ShouldBe([
            new("example", "/scenarios/0/expect/0/state", ClockName.FirstContact, "paused", "running"),
            new(
                "example",
                "/scenarios/0/expect/0/dueAt",
                ClockName.FirstContact,
                "2026-03-02T11:00:00Z",
                "2026-03-02T10:00:00Z"
            ),
            new("example", "/scenarios/0/expect/1/dueAt", ClockName.SolutionPlan, "2026-03-02T09:00:00Z", null),
            new("example", "/scenarios/0/expect/2/state", ClockName.FirstContact, "met", "breached"),
        ]);
        findings[2].Message.ShouldBe("example: expected 2026-03-02T09:00:00Z, got nothing.");
    }

    [Fact]
    public void Who_looks_at_an_instant_knows_nothing_of_what_happens_later() =>
        Failures(
                [new(Start.AddMinutes(20), Change: new(Urgency: "urgent", Complex: true))],
                new("first_contact", At: Start.AddMinutes(20), State: "breached", Target: "PT15M"),
                new("first_contact", At: Start.AddMinutes(19), State: "running", Target: "PT1H")
            )
            .ShouldBeEmpty();

    [Fact]
    public void A_policy_of_a_team_or_of_a_level_covers_what_its_tickets_are_in_the_end()
    {
        FailuresUnder(
                OfMatch(new(Team: "front-line")),
                new(ReceivedAt: Start, Team: "front-line"),
                [],
                new ExpectSpec("first_contact", State: "running", Target: "PT1H")
            )
            .ShouldBeEmpty();
        // A complaint has a level, the slightest where nobody names one; what is none has none.
        FailuresUnder(
                OfMatch(new(Category: "complaint", ComplaintLevel: 3)),
                new(ReceivedAt: Start),
                [
                    new(Start.AddMinutes(5), Change: new(Category: "complaint")),
                    new(Start.AddMinutes(10), Change: new(Category: "general_inquiry")),
                ],
                new("complaint_response", At: Start.AddMinutes(5), State: "running"),
                new("complaint_response", State: "cancelled")
            )
            .ShouldBeEmpty();
        FailuresUnder(
                OfMatch(new(ComplaintLevel: 1)),
                new(ReceivedAt: Start, Type: "complaint", ComplaintLevel: 1),
                [new(Start.AddMinutes(5), Change: new(Category: "general_inquiry"))],
                new ExpectSpec("first_contact", State: "cancelled")
            )
            .ShouldBeEmpty();
    }

    private static SlaTerms OfMatch(SlaPolicySpec.MatchSpec match) =>
        On(WorkCalendar.AlwaysOpen, spec => spec with { Match = match });

    [Fact]
    public void A_reopening_a_cancellation_and_silence_are_played_too() =>
        Failures(
                [
                    new(Start.AddMinutes(10), Resolve: true),
                    new(Start.AddMinutes(20), Reopen: true),
                    new(Start.AddMinutes(30), Resolve: true),
                    new(Start.AddMinutes(40), Confirm: "by_silence"),
                    new(Start.AddMinutes(45), Reopen: true),
                    new(Start.AddMinutes(50), Cancel: "spam"),
                ],
                new("resolution", Episode: 2, At: Start.AddMinutes(25), DueAt: Start.AddMinutes(20).AddHours(72)),
                new("resolution", Episode: 2, State: "met", Consumed: "PT10M"),
                // Nobody had spoken to the customer.
                new("survey_dispatch", Episode: 2, State: "none"),
                new("resolution", Episode: 3, State: "cancelled")
            )
            .ShouldBeEmpty();

    [Fact]
    public void Everything_that_is_wrong_is_said_with_its_place() =>
        Problems(
                new(
                    null,
                    new(Urgency: "high"),
                    [
                        new(Start.AddHours(2), Contact: "reached", Resolve: true),
                        new(Start.AddHours(1), Pause: "lunch"),
                        new(Confirm: "rejected"),
                        new(Start.AddHours(3)),
                    ],
                    [new("first_contact"), new("coffee", State: "cold"), new("resolution", Target: "soon"), null!]
                ),
                null
            )
            .ShouldBe(
                [
                    ("/scenarios/0/name", "required"),
                    ("/scenarios/0/given/receivedAt", "required"),
                    ("/scenarios/0/given/urgency", "unknown_value"),
                    ("/scenarios/0/when/0", "one_thing"),
                    ("/scenarios/0/when/1/at", "out_of_order"),
                    ("/scenarios/0/when/1/pause", "unknown_value"),
                    ("/scenarios/0/when/2/at", "required"),
                    ("/scenarios/0/when/2/confirm", "unknown_value"),
                    ("/scenarios/0/when/3", "one_thing"),
                    ("/scenarios/0/expect/0", "required"),
                    ("/scenarios/0/expect/1/clock", "unknown_value"),
                    ("/scenarios/0/expect/1/state", "unknown_value"),
                    ("/scenarios/0/expect/2/target", "malformed_duration"),
                    ("/scenarios/0/expect/3/clock", "required"),
                    ("/scenarios/0/expect/3", "required"),
                    ("/scenarios/1/name", "required"),
                    ("/scenarios/1/expect", "required"),
                    ("/scenarios/1/given/receivedAt", "required"),
                ],
                ignoreOrder: true
            );

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void Instants_lie_where_calendars_reach(string instant)
    {
        var far = T(instant);
        Problems(
                new("given", new(ReceivedAt: far), null, [new("resolution", State: "running")]),
                new("expected", new(ReceivedAt: Start), null, [new("resolution", At: far, DueAt: far, BreachedAt: far)])
            )
            .ShouldBe([
                ("/scenarios/0/given/receivedAt", "out_of_range"),
                ("/scenarios/1/expect/0/at", "out_of_range"),
                ("/scenarios/1/expect/0/dueAt", "out_of_range"),
                ("/scenarios/1/expect/0/breachedAt", "out_of_range"),
            ]);
        Problems(
                new ScenarioSpec(
                    "steps",
                    new(ReceivedAt: Start),
                    [new(Start, Response: "progress", NewEstimate: far)],
                    [new("resolution", State: "running")]
                )
            )
            .ShouldBe([("/scenarios/0/when/0/newEstimate", "out_of_range")]);
    }

    public static TheoryData<string> Impossible =>
        [
            """[{"resume":true}] /0/resume""",
            """[{"pause":"third_party"},{"pause":"third_party"}] /1/pause""",
            """[{"confirm":"confirmed"}] /0/confirm""",
            """[{"resolve":true},{"confirm":"confirmed"},{"confirm":"confirmed"}] /2/confirm""",
            """[{"reopen":true}] /0/reopen""",
            """[{"resolve":true},{"resolve":true}] /1/resolve""",
            """[{"resolve":true},{"pause":"third_party"}] /1/pause""",
            """[{"resolve":true},{"response":"plan"}] /1/response""",
            """[{"resolve":true},{"confirm":"confirmed"},{"cancel":"spam"}] /2/cancel""",
            """[{"cancel":"spam"},{"contact":"reached"}] /1""",
        ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_no_ticket_can_do_is_refused_where_it_is_written(string story)
    {
        var (json, pointer) = (story[..story.LastIndexOf(' ')], story[(story.LastIndexOf(' ') + 1)..]);
        var steps = JsonSerializer.Deserialize<StepSpec[]>(json, JsonSerializerOptions.Web)!;
        Problems(
                new ScenarioSpec(
                    "impossible",
                    new(ReceivedAt: Start),
                    [.. steps.Select(step => step with { At = Start })],
                    [new("resolution", Consumed: "PT0S")]
                )
            )
            .ShouldBe([($"/scenarios/0/when{pointer}", "impossible")]);
    }

    [Fact]
    public void A_level_that_is_none_a_change_of_nothing_and_no_episode_are_refused() =>
        Problems(
                new ScenarioSpec(
                    "odd",
                    new(ReceivedAt: Start, ComplaintLevel: 99),
                    [new(Start, Change: new()), new(Start, Change: new(ComplaintLevel: 0))],
                    [new("resolution", Episode: -1, State: "none"), new("resolution", Episode: 0, State: "none")]
                )
            )
            .ShouldBe([
                ("/scenarios/0/given/complaintLevel", "out_of_range"),
                ("/scenarios/0/when/0/change", "required"),
                ("/scenarios/0/when/1/change/complaintLevel", "out_of_range"),
                ("/scenarios/0/expect/0/episode", "out_of_range"),
                ("/scenarios/0/expect/1/episode", "out_of_range"),
            ]);

    [Fact]
    public void More_than_can_be_played_in_a_moment_is_refused()
    {
        Problems([.. Enumerable.Repeat<ScenarioSpec?>(null, 101)]).ShouldBe([("/scenarios", "too_many")]);
        Problems(
                new ScenarioSpec(
                    "long",
                    new(ReceivedAt: Start),
                    [.. Enumerable.Repeat(new StepSpec(Start, Contact: "reached"), 51)],
                    [new("resolution", State: "running")]
                )
            )
            .ShouldBe([("/scenarios/0/when", "too_many")]);
    }
}
