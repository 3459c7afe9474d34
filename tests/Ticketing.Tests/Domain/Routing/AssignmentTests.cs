using CustomerFeedback.Ticketing.Domain.Routing;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Tests.Domain.Routing;

public sealed class AssignmentTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Wanted Plain = new("t", StaffRole.Agent, [], 1);

    [Fact]
    public void Work_goes_to_whoever_waits_longest_for_it()
    {
        var staff = Staff(Agent("a"), Agent("b"), Agent("c"));
        var load = Load(
            last: new()
            {
                ["a"] = Monday.AddHours(-1),
                ["b"] = Monday.AddHours(-3),
                ["c"] = Monday.AddHours(-2),
            }
        );

        var order = Enumerable.Range(0, 6).Select(_ => Assignment.Choose(staff, load, Plain, Monday).Agent);

        order.ShouldBe(["b", "c", "a", "b", "c", "a"]);
    }

    [Fact]
    public void Nobody_gets_more_than_there_is_room_for()
    {
        var staff = Staff(Agent("a", capacity: 2), Agent("b", capacity: 1));
        var load = Load(units: new() { ["a"] = 1 });

        var order = Enumerable.Range(0, 3).Select(_ => Assignment.Choose(staff, load, Plain, Monday).Agent).ToList();

        order.ShouldBe(["a", "b", null]);
    }

    [Fact]
    public void A_complex_case_takes_two_units()
    {
        var staff = Staff(Agent("a", capacity: 1));

        Assignment.Choose(staff, Load(), Plain with { WorkUnits = 2 }, Monday).Agent.ShouldBeNull();
    }

    [Fact]
    public void Skills_shifts_teams_and_leave_are_respected()
    {
        var staff = Staff(
            [
                Agent("unskilled"),
                Agent("elsewhere") with
                {
                    Teams = ["u"],
                    Skills = ["fr"],
                },
                Agent("away") with
                {
                    Active = false,
                    Skills = ["fr"],
                },
                Agent("asleep") with
                {
                    Skills = ["fr"],
                },
                Agent("right") with
                {
                    Skills = ["fr", "de"],
                },
            ],
            new Roster("night", Calendar("22:00-06:00"), ["asleep"])
        );

        var choice = Assignment.Choose(staff, Load(), Plain with { Skills = ["fr"] }, Monday.AddHours(9));

        choice.Agent.ShouldBe("right");
        choice.Explanation.ShouldContain("2 able to fr");
        choice.Explanation.ShouldContain("1 on shift");
    }

    [Fact]
    public void A_lead_is_no_agent_and_a_manager_belongs_to_every_team()
    {
        var staff = Staff(
            Agent("lead") with
            {
                Role = StaffRole.Lead,
            },
            Agent("m") with
            {
                Role = StaffRole.Manager,
                Teams = [],
            }
        );

        Assignment.Choose(staff, Load(), Plain, Monday).Agent.ShouldBeNull();
        Assignment.Choose(staff, Load(), Plain with { To = StaffRole.Lead }, Monday).Agent.ShouldBe("lead");
        Assignment.Choose(staff, Load(), Plain with { To = StaffRole.Manager }, Monday).Agent.ShouldBe("m");
    }

    [Fact]
    public void Whoever_is_on_no_roster_is_always_on_shift() =>
        Staff(Agent("a")).IsOnShift(Agent("a"), Monday.AddDays(-1)).ShouldBeTrue();

    private static Agent Agent(string id, int? capacity = null) => new(id, id, StaffRole.Agent, ["t"], [], capacity);

    private static Staff Staff(params Agent[] agents) => Staff(agents, rosters: Array.Empty<Roster>());

    private static Staff Staff(Agent[] agents, params Roster[] rosters) =>
        new([new Team("t", new Dictionary<string, string>())], agents, rosters);

    private static Workload Load(
        Dictionary<string, int>? units = null,
        Dictionary<string, DateTimeOffset>? last = null
    ) => new(units ?? [], last ?? []);

    private static WorkCalendar Calendar(string hours)
    {
        var week = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }.ToDictionary(
            day => day,
            IReadOnlyList<string> (_) => [hours]
        );
        return WorkCalendar.TryCreate(new("night", "UTC", week, [], []), out _)!;
    }
}
