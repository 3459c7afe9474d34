using System.Text.Json;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>Steps of the ladder that do more than tell: with real timers, once, and with a reason where they cannot.</summary>
public sealed partial class ActingStepsTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private const string ToLead = """{"at":1,"to":"lead","action":"reassign"}""";

    private readonly string _policy = $"p-{Guid.CreateVersion7():n}"[..20];

    private DateTimeOffset Now => replicas.Clock.GetUtcNow();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // Where a test counts what is due, no timer of another test's hosts helps.
    public async ValueTask DisposeAsync() => await replicas.Stop();

    private async Task<List<string>> Fired()
    {
        await using var db = replicas.Db();
        return await (
            from step in db.Steps
            join clock in db.Clocks on step.ClockId equals clock.Id
            where clock.PolicyId == _policy
            orderby step.DueAt, step.Step
            select step.Step
        ).ToListAsync();
    }

    private Task Fired(int steps) =>
        Eventually.That(async () => (await Fired()).Count.ShouldBe(steps), TimeSpan.FromSeconds(120));

    private async Task<Ticketing.Domain.Ticket> Ticket(RequestReceived request)
    {
        await using var db = replicas.Db();
        return await db.Tickets.AsNoTracking().SingleAsync(t => t.Number == request.Number);
    }

    private async Task<List<(string Kind, string By, JsonElement Details)>> Timeline(RequestReceived request)
    {
        await using var db = replicas.Db();
        var lines = await (
            from line in db.Timeline.AsNoTracking()
            join ticket in db.Tickets on line.TicketId equals ticket.Id
            where ticket.Number == request.Number
            orderby line.Seq
            select line
        ).ToListAsync();
        lines.Select(line => line.Seq).ShouldBe(Enumerable.Range(1, lines.Count));
        return [.. lines.Select(line => (line.Kind, line.By, JsonElement.Parse(line.Details)))];
    }

    private async Task<List<JsonElement>> Events(string type, RequestReceived request) =>
        [
            .. (await replicas.Events(type))
                .Where(e => Text(e, "number") == request.Number)
                .OrderBy(e => e.GetProperty("version").GetInt32()),
        ];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>A policy that also holds where a ticket is matched anew.</summary>
    private async Task<PolicyPin> Policy(string match, string targets, string escalation)
    {
        await using var db = replicas.Db();
        db.Policies.Add(
            new()
            {
                PolicyId = _policy,
                Version = 1,
                Body = $$"""
                {"id":"{{_policy}}","order":10,"match":{{match}},"calendar":"always","warnAt":[0.5,0.8],"targets":{{targets}},"escalation":[{{escalation}}]}
                """,
                PublishedBy = "test",
                PublishedAt = Now,
            }
        );
        await db.SaveChangesAsync();
        return new(_policy, 1, "always", 1);
    }

    [Fact]
    public async Task At_the_breach_the_lead_gets_each_ticket_once_with_two_timers_at_work()
    {
        var host = replicas.Start();
        replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", $$"""[{{ToLead}},{"after":"PT1S","to":"manager"}]""");
        var requests = Enumerable.Range(0, 60).Select(_ => Requests.Of(Now) with { Policy = pin }).ToArray();
        await Replicas.Receive(host, requests);

        replicas.Clock.Advance(TimeSpan.FromMinutes(1));
        await Fired(60 * 5);

        var numbers = requests.Select(request => request.Number).ToHashSet();
        var assigned = (await replicas.Events("TicketAssigned")).Where(e => numbers.Contains(Text(e, "number")!));
        assigned
            .Where(e => Text(e, "kind") == "transferred" && Text(e, "assignee") == "wang.fang")
            .CountBy(e => Text(e, "number")!)
            .Select(of => of.Value)
            .ShouldBe(Enumerable.Repeat(1, 60));
        var first = requests[0];
        var escalated = await Events("TicketEscalated", first);
        escalated
            .Select(e => (Text(e, "step"), Text(e, "recipient"), Text(e, "action")))
            .ShouldBe([("at:1", "wang.fang", "reassign"), ("after:PT1S", "zhao.min", "notify")]);
        (await Timeline(first))
            .Where(line => line.Kind is "transferred" or "escalation_only_told")
            .Select(line => (line.Kind, line.By, Text(line.Details, "explanation")))
            .ShouldBe([("transferred", "system", "step at:1 of the ladder of first_contact, to lead")]);

        await using var db = replicas.Db();
        var tickets = await db.Tickets.AsNoTracking().Where(t => numbers.Contains(t.Number)).ToListAsync();
        tickets.ShouldAllBe(t => t.Assignee == "wang.fang" && t.Team == "front-line" && t.AccountableOwner == "li.wei");
        // Opened, assigned, status, clock started, five steps and the transfer.
        tickets.ShouldAllBe(t => t.EventVersion == 10 && t.Breached);
        (await db.Clocks.CountAsync(clock => clock.PolicyId == _policy && clock.NextStepAt != null)).ShouldBe(0);
    }

    [Fact]
    public async Task A_raised_urgency_retargets_the_clocks_and_is_announced_as_a_change_of_the_classification()
    {
        var host = replicas.Start();
        var pin = await Policy(
            """{"segment":"vip"}""",
            """{"first_contact":{"normal":"PT60M","urgent":"PT50M","critical":"PT45M"},"resolution":{"normal":"PT72H","urgent":"PT24H","critical":"PT8H"} }""",
            """{"at":0.5,"to":"lead","action":"raise_urgency"}"""
        );
        var request = Requests.Of(Now, segment: Contracts.Segment.Vip) with { Policy = pin };
        await Replicas.Receive(host, request);
        var start = Now;

        replicas.Clock.Advance(TimeSpan.FromMinutes(30));
        await Fired(2);
        var ticket = await Ticket(request);
        (ticket.Urgency, ticket.ClassifiedBy.OverriddenBy, ticket.Breached).ShouldBe(
            (Ticketing.Domain.Urgency.Urgent, null, false)
        );
        ticket.NearestDueAt.ShouldBe(start.AddMinutes(50));
        await using (var db = replicas.Db())
        {
            (
                await db
                    .Clocks.AsNoTracking()
                    .Where(clock => clock.TicketId == ticket.Id)
                    .OrderBy(clock => clock.DueAt)
                    .Select(clock => new { clock.DueAt, clock.NextStepAt })
                    .ToListAsync()
            )
                .Select(clock => (clock.DueAt, clock.NextStepAt))
                .ShouldBe([
                    (start.AddMinutes(50), start.AddMinutes(40)),
                    (start.AddHours(24), (DateTimeOffset?)start.AddHours(12)),
                ]);
        }
        (await Events("SlaClockRetargeted", request)).Count.ShouldBe(2);
        (await Events("SlaBreached", request)).ShouldBeEmpty();
        var classified = (await Events("TicketClassified", request)).ShouldHaveSingleItem();
        (Text(classified, "by"), Text(classified.GetProperty("facts"), "urgency")).ShouldBe(("system", "urgent"));
        var line = (await Timeline(request)).Single(line => line.Kind == "classified");
        Text(line.Details, "explanation").ShouldBe("step at:0.5 of the ladder of first_contact, to lead");

        // The resolution's own step, at half of what is left to it now: critical, and over its new target at that moment.
        replicas.Clock.Advance(TimeSpan.FromHours(11.5));
        await Eventually.That(async () => (await Ticket(request)).Urgency.ShouldBe(Ticketing.Domain.Urgency.Critical));
        var late = (await Events("SlaBreached", request)).Single(e =>
            Text(e.GetProperty("clock"), "clock") == "resolution"
        );
        (Text(late, "cause"), late.GetProperty("breachedAt").GetDateTimeOffset()).ShouldBe(
            ("retarget", start.AddHours(12))
        );
        // First contact is judged: nothing moves it any more.
        (await Events("SlaBreached", request)).Count.ShouldBe(2);
        (await Events("TicketClassified", request)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Overdue_when_it_arrives_it_is_the_leads_from_the_start()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", $"[{ToLead}]");
        var request = Requests.Of(Now.AddHours(-1)) with { Policy = pin };
        await Replicas.Receive(host, request);
        (await Ticket(request)).Assignee.ShouldBe("wang.fang");
        (await Events("TicketAssigned", request)).Select(e => Text(e, "assignee")).ShouldBe(["li.wei", "wang.fang"]);
    }

    [Fact]
    public async Task A_ticket_on_which_a_step_cannot_act_holds_no_other_up()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", $"[{ToLead}]");
        var requests = Enumerable.Range(0, 5).Select(_ => Requests.Of(Now) with { Policy = pin }).ToArray();
        await Replicas.Receive(host, requests);
        await using (await Poison.On(replicas.Db(), requests[2].Number))
        {
            replicas.Clock.Advance(TimeSpan.FromSeconds(20));
            await Fired(4 * 4);
            (await Ticket(requests[2])).Assignee.ShouldBe("li.wei");
        }

        await Eventually.That(
            async () =>
            {
                replicas.Clock.Advance(TimeSpan.FromSeconds(20));
                (await Fired()).Count.ShouldBe(5 * 4);
            },
            TimeSpan.FromSeconds(120)
        );
        foreach (var request in requests)
            (await Ticket(request)).Assignee.ShouldBe("wang.fang");
    }
}
