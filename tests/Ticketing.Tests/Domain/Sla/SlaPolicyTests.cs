using System.Text.Json;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What is a policy, what is wrong with one, and which of several holds.</summary>
public sealed class SlaPolicyTests
{
    private static SlaPolicySpec Spec(string json) =>
        JsonSerializer.Deserialize<SlaPolicySpec>(json, JsonSerializerOptions.Web)!;

    private static IReadOnlyList<PolicyProblem> ProblemsOf(string json)
    {
        SlaPolicy.TryCreate(Spec(json), out var problems).ShouldBeNull();
        return problems;
    }

    [Fact]
    public void The_delivered_policy_is_written_as_it_is_read()
    {
        var seed = SlaDocuments.Seed("default-policy");
        var policy = SlaPolicy.TryCreate(Spec(seed), out _)!;
        JsonElement
            .DeepEquals(JsonElement.Parse(SlaDocuments.Write(policy.Spec)), JsonElement.Parse(seed))
            .ShouldBeTrue();
        policy.Ladder.Select(step => step.Key).ShouldBe(["at:1", "after:PT30M", "after:PT1H", "after:PT2H"]);
    }

    [Fact]
    public void Little_is_required()
    {
        var policy = SlaPolicy.TryCreate(
            Spec("""{"id":"p","order":-3,"calendar":"always","targets":{}}"""),
            out var problems
        );
        problems.ShouldBeEmpty();
        policy!.WarnAt.ShouldBeEmpty();
        policy.Ladder.ShouldBeEmpty();
        policy.TargetOf(ClockName.Resolution, Play.Inquiry(default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{}""", "/id required", "/calendar required", "/order required", "/targets required")]
    [InlineData("""{"id":"a b","order":1,"calendar":"always","targets":{}}""", "/id malformed_name")]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"reply":{"normal":"PT1H"}}}""",
        "/targets/reply unknown_value"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"FirstContact":{"normal":"PT1H"}}}""",
        "/targets/FirstContact unknown_value"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"resolution":{"normal":"1h"}}}""",
        "/targets/resolution/normal malformed_duration"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"resolution":{"normal":"PT0S"}}}""",
        "/targets/resolution/normal out_of_range"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"resolution":{"normal":"P9999D"}}}""",
        "/targets/resolution/normal out_of_range"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"resolution":{"simple":"PT1H"}}}""",
        "/targets/resolution/simple unknown_member"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{"progress_update":{"normal":"PT1H"}}}""",
        "/targets/progress_update/normal unknown_member"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"match":{"urgency":"high","complaintLevel":4,"team":" "}}""",
        "/match/complaintLevel out_of_range",
        "/match/team required",
        "/match/urgency unknown_value"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"warnAt":[0,0.5,1,0.5]}""",
        "/warnAt/0 out_of_range",
        "/warnAt/2 out_of_range",
        "/warnAt/3 duplicate"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"escalation":[{"at":1},{"to":"lead"},{"at":1,"after":"PT1H","to":"lead"},{"at":0,"to":"lead"},{"after":"soon","to":"lead"},{"at":1,"to":"boss"}]}""",
        "/escalation/0/to required",
        "/escalation/1 at_or_after",
        "/escalation/2 at_or_after",
        "/escalation/3/at out_of_range",
        "/escalation/4/after malformed_duration",
        "/escalation/5/to unknown_value"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"escalation":[{"at":1,"to":"lead"},{"at":1.0,"to":"lead"},{"at":1,"to":"duty"},{"at":1,"to":"duty"},{"after":"PT1H","to":"lead"},{"after":"PT60M","to":"lead"}]}""",
        "/escalation/1 duplicate",
        "/escalation/3 duplicate",
        "/escalation/5 duplicate"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"escalation":[{"at":1,"to":"lead","action":"webhook"},{"at":2,"to":"lead","action":"close"},{"at":3,"to":"assignee","action":"reassign"},{"at":4,"to":"boss","action":"reassign"}]}""",
        "/escalation/0/action unknown_value",
        "/escalation/1/action unknown_value",
        "/escalation/2/to unknown_value",
        "/escalation/3/to unknown_value"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"escalation":[{"at":1,"to":"lead","action":"reassign"},{"at":1.0,"to":"lead","action":"reassign"}]}""",
        "/escalation/1 duplicate"
    )]
    [InlineData(
        """{"id":"p","order":1,"calendar":"always","targets":{},"pauseOn":{"resolution":["lunch",null],"nap":[]}}""",
        "/pauseOn/resolution/0 unknown_value",
        "/pauseOn/resolution/1 unknown_value",
        "/pauseOn/nap unknown_value"
    )]
    public void Everything_wrong_is_named_with_its_place(string json, params string[] problems) =>
        ProblemsOf(json).Select(problem => $"{problem.Pointer} {problem.Code}").ShouldBe(problems);

    [Fact]
    public void Steps_at_one_moment_have_keys_of_their_own_and_telling_only_is_not_written_down()
    {
        var policy = SlaPolicy.TryCreate(
            Spec(
                """
                {"id":"p","order":1,"calendar":"always","targets":{},"escalation":[
                    {"at":1,"to":"lead","action":"notify"},{"at":1,"to":"duty"},{"at":1,"to":"duty","action":"raise_urgency"},
                    {"at":1,"to":"lead","action":"reassign"},{"after":"PT5M","to":"manager","action":"reassign"}]}
                """
            ),
            out var problems
        )!;
        problems.ShouldBeEmpty();
        policy
            .Ladder.Select(step => (step.Key, step.Action, step.Spec.Action))
            .ShouldBe([
                ("at:1", EscalationAction.Notify, null),
                ("at:1:duty", EscalationAction.Notify, null),
                ("at:1:duty:raise_urgency", EscalationAction.RaiseUrgency, "raise_urgency"),
                ("at:1:lead", EscalationAction.Reassign, "reassign"),
                ("after:PT5M", EscalationAction.Reassign, "reassign"),
            ]);
        // Read back from what is stored, it is the same ladder.
        SlaPolicy.TryCreate(policy.Spec, out _)!.Ladder.ShouldBe(policy.Ladder);
    }

    [Fact]
    public void The_first_by_order_that_covers_the_ticket_holds()
    {
        static SlaTerms Policy(string id, int order, string match) =>
            new(
                new(
                    SlaPolicy.TryCreate(
                        Spec(
                            $$"""{"id":"{{id}}","order":{{order}},"match":{{match}},"calendar":"always","targets":{} }"""
                        ),
                        out _
                    )!,
                    1
                ),
                new(WorkCalendar.AlwaysOpen, 1)
            );
        SlaTerms[] current =
        [
            Policy("default", 1000, "{}"),
            Policy("team", 5, """{"team":"front-line"}"""),
            Policy("vip", 10, """{"segment":"vip"}"""),
            Policy("a-vip", 10, """{"segment":"vip"}"""),
            Policy(
                "severe",
                1,
                """{"type":"complaint","category":"complaint","complaintLevel":1,"urgency":"critical","channel":"phone"}"""
            ),
        ];
        string? Held(SlaFacts facts) => SlaTerms.Match(current, facts)?.Pin.PolicyId;
        var inquiry = Play.Inquiry(default);

        Held(inquiry).ShouldBe("team");
        Held(inquiry with { Team = null }).ShouldBe("default");
        Held(inquiry with { Team = null, Segment = Segment.Vip }).ShouldBe("a-vip");
        var severe = Play.Complaint(inquiry) with
        {
            ComplaintLevel = 1,
            Urgency = Urgency.Critical,
            Channel = Channel.Phone,
        };
        Held(severe).ShouldBe("severe");
        Held(severe with { Channel = Channel.App }).ShouldBe("team");
        SlaTerms.Match([], inquiry).ShouldBeNull();
    }
}
