using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Routing;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A step that raises the urgency lets the routing rules speak again, as a person's correction does.</summary>
public sealed class ReroutingStepsTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private const string Raise = """{"at":1,"to":"lead","action":"raise_urgency"}""";

    private readonly string _policy = $"p-{Guid.CreateVersion7():n}"[..20];

    private DateTimeOffset Now => replicas.Clock.GetUtcNow();

    /// <summary>What is urgent is the product support's, and what is critical a manager's; of one department everything stays.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var db = replicas.Db();
        RoutingRule[] rules =
        [
            new(
                "of-department",
                new(Attributes: new Dictionary<string, string> { ["department"] = "a" }),
                "front-line"
            ),
            new("critical", new(Urgency: Ticketing.Domain.Urgency.Critical), "front-line", StaffRole.Manager),
            new("urgent", new(Urgency: Ticketing.Domain.Urgency.Urgent), "product-support"),
            new("everything-else", new(), "front-line"),
        ];
        db.RoutingRules.Add(
            new()
            {
                Version = await db.RoutingRules.MaxAsync(row => row.Version) + 1,
                Rules = StaffDocuments.Write(rules),
                By = "test",
                At = Now,
            }
        );
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync() => await replicas.Stop();

    private RequestReceived Request(PolicyPin pin) => Requests.Of(Now) with { Policy = pin };

    private async Task<Ticketing.Domain.Ticket> Ticket(RequestReceived request)
    {
        await using var db = replicas.Db();
        return await db.Tickets.AsNoTracking().SingleAsync(t => t.Number == request.Number);
    }

    private async Task<List<(string Kind, string By, JsonElement Details)>> Lines(RequestReceived request)
    {
        await using var db = replicas.Db();
        var lines = await (
            from line in db.Timeline.AsNoTracking()
            join ticket in db.Tickets on line.TicketId equals ticket.Id
            where ticket.Number == request.Number
            orderby line.Seq
            select line
        ).ToListAsync();
        return [.. lines.Select(line => (line.Kind, line.By, JsonElement.Parse(line.Details)))];
    }

    private Task Assigned(RequestReceived request, string team, string assignee) =>
        Eventually.That(
            async () => (await Ticket(request)) is var ticket && (ticket.Team, ticket.Assignee) == (team, assignee),
            TimeSpan.FromSeconds(60)
        );

    [Fact]
    public async Task What_becomes_urgent_goes_to_whom_the_rules_then_name_once_with_two_timers_at_work()
    {
        var host = replicas.Start();
        replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", $"[{Raise}]");
        var requests = Enumerable.Range(0, 20).Select(_ => Request(pin)).ToArray();
        await Replicas.Receive(host, requests);

        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        foreach (var request in requests)
            await Assigned(request, "product-support", "sun.li");

        foreach (var request in requests)
        {
            var lines = await Lines(request);
            // Told before the change, as where a person corrects it.
            lines
                .Where(line =>
                    line.Kind == "classified"
                    || line.Kind == "automatic" && Explains(line.Details, "now by rule urgent")
                )
                .Select(line => line.Kind)
                .ShouldBe(["automatic", "classified"]);
            lines.ShouldContain(line => line.Kind == "automatic" && Explains(line.Details, "li.wei of front-line"));
            (await Ticket(request)).AccountableOwner.ShouldBe("li.wei");
        }
    }

    [Fact]
    public async Task Whom_a_person_named_keeps_it_unless_it_must_go_higher_and_a_ladder_is_no_person()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(
            _policy,
            "PT10S",
            $$"""[{"at":0.5,"to":"lead","action":"reassign"},{{Raise}},{"after":"PT10S","to":"duty","action":"raise_urgency"}]"""
        );
        var (named, taken) = (Request(pin), Request(pin));
        await Replicas.Receive(host, named, taken);
        replicas.Clock.Advance(TimeSpan.FromSeconds(5));
        await Assigned(named, "front-line", "wang.fang");
        await Assigned(taken, "front-line", "wang.fang");
        using var manager = host.Client(TestTokens.For("zhao.min", ["manager"]));
        await World.Do(manager, named.Number, "assignments", new { assignee = "zheng.hao" });

        replicas.Clock.Advance(TimeSpan.FromSeconds(5));
        await Assigned(taken, "product-support", "sun.li");
        await Eventually.That(async () => (await Ticket(named)).Urgency is Ticketing.Domain.Urgency.Urgent);
        (await Ticket(named)).Assignee.ShouldBe("zheng.hao");

        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        await Assigned(named, "front-line", "zhao.min");
    }

    [Fact]
    public async Task Overdue_when_it_arrives_it_is_routed_with_what_its_request_said()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", $"[{Raise}]");
        var late = Requests.Of(Now.AddHours(-1)) with { Policy = pin };
        var kept = Requests.Of(Now.AddHours(-1)) with
        {
            Policy = pin,
            Attributes = new Dictionary<string, string> { ["department"] = "a" },
        };
        await Replicas.Receive(host, late, kept);

        await Assigned(late, "product-support", "sun.li");
        var stays = await Ticket(kept);
        (stays.Urgency, stays.Team, stays.Assignee).ShouldBe((Ticketing.Domain.Urgency.Urgent, "front-line", "li.wei"));
    }

    [Fact]
    public async Task Where_nobody_has_room_it_waits_in_the_queue_of_those_who_are_asked_now()
    {
        var host = replicas.Start();
        using var admin = host.Client(TestTokens.For("root", ["admin"]));
        await using (var db = replicas.Db())
            await Limit(admin, 1 + await db.Tickets.CountAsync(t => t.Assignee == "sun.li"));
        var pin = await replicas.Policy(_policy, "PT10S", $"[{Raise}]");
        RequestReceived[] requests = [Request(pin), Request(pin), Request(pin)];
        await Replicas.Receive(host, requests);

        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.That(async () =>
        {
            var tickets = await Task.WhenAll(requests.Select(Ticket));
            tickets.ShouldAllBe(ticket => ticket.Team == "product-support");
            tickets.Select(ticket => ticket.Assignee).Order().ShouldBe([null, null, "sun.li"]);
        });
        await Limit(admin, null);
    }

    private static async Task Limit(HttpClient admin, int? capacity)
    {
        using var read = await admin.GetAsync("/v1/agents/sun.li");
        var person = (await read.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>())!;
        person["capacity"] = capacity;
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/agents/sun.li")
        {
            Content = JsonContent.Create(person),
        };
        put.Headers.IfMatch.Add(read.Headers.ETag!);
        (await admin.SendAsync(put)).EnsureSuccessStatusCode();
    }

    private static bool Explains(JsonElement details, string words) =>
        details.GetProperty("explanation").GetString()!.Contains(words, StringComparison.Ordinal);
}
