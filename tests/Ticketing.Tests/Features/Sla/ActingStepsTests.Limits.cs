using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <content>Where a step cannot act, or shall not.</content>
public sealed partial class ActingStepsTests
{
    [Fact]
    public async Task Where_nobody_is_found_or_nothing_is_left_to_do_the_step_tells_and_says_why()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(
            _policy,
            "PT10S",
            $$"""[{{ToLead}},{"after":"PT1S","to":"duty","action":"raise_urgency"},{"after":"PT2S","to":"lead","action":"reassign"}]"""
        );
        var (alone, led) = (
            Requests.Of(Now, urgency: Contracts.Urgency.Critical) with
            {
                Policy = pin,
            },
            Requests.Of(Now, urgency: Contracts.Urgency.Critical) with
            {
                Policy = pin,
            }
        );
        await Replicas.Receive(host, alone);
        await LeadIs(active: false);
        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        await Fired(4);
        await LeadIs(active: true);
        var only = (await Timeline(alone)).Single(line => line.Kind == "escalation_only_told").Details;
        (Text(only, "step"), Text(only, "action"), Text(only, "reason")).ShouldBe(("at:1", "reassign", "nobody_found"));
        (await Ticket(alone)).Assignee.ShouldBe("li.wei");
        Text((await Events("TicketEscalated", alone)).ShouldHaveSingleItem(), "recipient").ShouldBeNull();

        await Replicas.Receive(host, led);
        replicas.Clock.Advance(TimeSpan.FromMinutes(1));
        await Fired(12);
        (await Timeline(led))
            .Where(line => line.Kind == "escalation_only_told")
            .Select(line => (Text(line.Details, "step"), Text(line.Details, "reason")))
            .ShouldBe([("after:PT1S", "already_critical"), ("after:PT2S", "already_assigned")]);
        (await Ticket(led)).Assignee.ShouldBe("wang.fang");
    }

    private async Task LeadIs(bool active)
    {
        await using var db = replicas.Db();
        var row = await db.Staff.SingleAsync(staff => staff.Kind == "agent" && staff.Id == "wang.fang");
        row.Body = row.Body.Replace($"\"active\": {Json(!active)}", $"\"active\": {Json(active)}");
        (await db.SaveChangesAsync()).ShouldBe(1);

        static string Json(bool value) => value ? "true" : "false";
    }

    [Fact]
    public async Task A_resolved_ticket_stays_with_who_resolved_it()
    {
        var pin = await Policy(
            """{"category":"complaint"}""",
            """{"complaint_follow_up":{"normal":"PT10S"} }""",
            """{"at":1,"to":"manager","action":"reassign"}"""
        );
        // Only now: a host that runs already may know the policy a second later.
        var host = replicas.Start();
        var request = Requests.Of(Now, Contracts.Category.Complaint, level: 3) with { Policy = pin };
        await Replicas.Receive(host, request);
        using var liWei = host.Client(TestTokens.For("li.wei", ["agent"], ["front-line"]));
        await World.Do(liWei, request.Number, "contacts", new { channel = "phone", outcome = "reached" });
        await World.Do(
            liWei,
            request.Number,
            "resolutions",
            new { solution = "已补发", firstContactResolution = true }
        );

        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        await Fired(4);
        var only = (await Timeline(request)).Single(line => line.Kind == "escalation_only_told").Details;
        Text(only, "reason").ShouldBe(Refusal.IllegalTransition);
        (await Ticket(request)).Assignee.ShouldBe("li.wei");
    }

    [Fact]
    public async Task Acknowledged_it_climbs_and_acts_no_further()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(
            _policy,
            "PT10S",
            """[{"at":1,"to":"lead"},{"after":"PT5S","to":"manager","action":"reassign"}]"""
        );
        var request = Requests.Of(Now) with { Policy = pin };
        await Replicas.Receive(host, request);
        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        await Fired(4);
        using var lead = host.Client(TestTokens.For("wang.fang", ["lead"], ["front-line"]));
        await World.Do(lead, request.Number, "acknowledgements", new { note = "我来看" });

        // The other one, not acknowledged, shows that the timer has been there.
        var other = Requests.Of(Now.AddSeconds(-10)) with
        {
            Policy = pin,
        };
        await Replicas.Receive(host, other);
        replicas.Clock.Advance(TimeSpan.FromMinutes(1));
        await Fired(4 + 5);
        ((await Ticket(request)).Assignee, (await Ticket(other)).Assignee).ShouldBe(("li.wei", "zhao.min"));
    }
}
