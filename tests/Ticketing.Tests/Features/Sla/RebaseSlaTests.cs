using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A rebase over HTTP: first a list, then for good, told on each ticket, and nothing the second time.</summary>
public sealed class RebaseSlaTests(Replicas replicas) : IClassFixture<Replicas>
{
    private const string Path = "/v1/sla/rebase";

    // Policies and so tickets of a test's own: the database is shared by the class.
    private readonly string _policy = $"p-{Guid.CreateVersion7():n}"[..20];

    private static HttpClient Admin(ServiceHost<TicketingDbContext> host) =>
        host.Client(TestTokens.For("root", ["admin"]));

    private static async Task<(HttpStatusCode Status, JsonNode Body)> Post(
        HttpClient by,
        object body,
        string query = "?dryRun=false"
    )
    {
        using var answer = await by.PostAsJsonAsync(Path + query, body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static async Task<JsonNode> Rebased(HttpClient by, object body, string query = "?dryRun=false")
    {
        var (status, answer) = await Post(by, body, query);
        status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    /// <summary>So many tickets under the first version, with a first contact in an hour; then a second version of the policy.</summary>
    private async Task<RequestReceived[]> Tickets(
        ServiceHost<TicketingDbContext> host,
        int count,
        string target = "PT10M",
        TimeSpan ran = default
    )
    {
        var pin = await replicas.Policy(_policy, "PT1H");
        var requests = Enumerable.Range(0, count).Select(_ => Requests.Of(Now) with { Policy = pin }).ToArray();
        await Replicas.Receive(host, requests);
        replicas.Clock.Advance(ran == default ? TimeSpan.FromMinutes(5) : ran);
        await Publish(target, 2);
        return requests;
    }

    private DateTimeOffset Now => replicas.Clock.GetUtcNow();

    private async Task Publish(string target, int version)
    {
        await using var db = replicas.Db();
        var first = await db.Policies.AsNoTracking().SingleAsync(row => row.PolicyId == _policy && row.Version == 1);
        db.Policies.Add(
            new()
            {
                PolicyId = _policy,
                Version = version,
                Body = first.Body.Replace("PT1H", target),
                PublishedBy = "test",
                PublishedAt = Now,
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<List<SlaClockRow>> Clocks()
    {
        await using var db = replicas.Db();
        return await db.Clocks.AsNoTracking().Where(clock => clock.PolicyId == _policy).ToListAsync();
    }

    [Fact]
    public async Task Unless_told_otherwise_it_lists_what_would_change_and_changes_nothing()
    {
        var host = replicas.Start();
        var requests = await Tickets(host, 1, "PT2H");
        var answer = await Rebased(Admin(host), new { policy = _policy }, "");

        ((bool)answer["dryRun"]!, (int)answer["pending"]!["clocks"]!, (int)answer["retargeted"]!).ShouldBe(
            (true, 1, 1)
        );
        var item = answer["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)item["ticket"]!, (string)item["clock"]!).ShouldBe((requests[0].Number, "first_contact"));
        item["policy"]!.ToJsonString().ShouldBe($$"""{"id":"{{_policy}}","from":1,"to":2}""");
        ((string)item["oldTarget"]!, (string)item["newTarget"]!, (bool)item["wouldBreach"]!).ShouldBe(
            ("PT1H", "PT2H", false)
        );
        ((DateTimeOffset)item["newDueAt"]!).ShouldBe((DateTimeOffset)item["oldDueAt"]! + TimeSpan.FromHours(1));
        (await Clocks()).ShouldAllBe(clock => clock.PolicyVersion == 1);
    }

    [Fact]
    public async Task Applied_it_moves_the_clocks_tells_each_ticket_who_did_it_and_finds_nothing_the_second_time()
    {
        var host = replicas.Start();
        var request = (await Tickets(host, 1, "PT2H"))[0];
        var answer = await Rebased(Admin(host), new { policy = _policy, calendar = "always" });
        (
            (bool)answer["dryRun"]!,
            (int)answer["tickets"]!,
            (int)answer["clocks"]!,
            (int)answer["pending"]!["clocks"]!
        ).ShouldBe((false, 1, 1, 0));

        var clock = (await Clocks()).ShouldHaveSingleItem();
        (clock.PolicyVersion, clock.DueAt).ShouldBe((2, Now.AddMinutes(-5).AddHours(2)));
        await using (var db = replicas.Db())
        {
            var ticket = await db.Tickets.AsNoTracking().SingleAsync(t => t.Number == request.Number);
            ticket.NearestDueAt.ShouldBe(clock.DueAt);
            var lines = await db
                .Timeline.AsNoTracking()
                .Where(line => line.TicketId == ticket.Id && line.By == "root")
                .OrderBy(line => line.Seq)
                .ToListAsync();
            lines.Select(line => line.Kind).ShouldBe(["sla_rebased", "sla_clock_retargeted"]);
            lines[0].Details.ShouldContain(clock.Id.ToString());
        }
        var events = (await replicas.Events("SlaClockRetargeted"))
            .Where(e => e.GetProperty("number").GetString() == request.Number)
            .ToList();
        events.ShouldHaveSingleItem().GetProperty("previousTarget").GetString().ShouldBe("PT1H");

        var again = await Rebased(Admin(host), new { policy = _policy });
        ((int)again["tickets"]!, again["items"]!.AsArray().Count).ShouldBe((0, 0));
        (await replicas.Events("SlaClockRetargeted"))
            .Count(e => e.GetProperty("number").GetString() == request.Number)
            .ShouldBe(1);
    }

    [Fact]
    public async Task Over_the_new_target_it_breaches_now_with_the_change_as_its_cause()
    {
        var host = replicas.Start();
        var request = (await Tickets(host, 1, "PT10M", ran: TimeSpan.FromMinutes(20)))[0];
        var answer = await Rebased(Admin(host), new { policy = _policy });
        ((int)answer["breached"]!, (bool)answer["items"]![0]!["wouldBreach"]!).ShouldBe((1, true));

        var breach = (await replicas.Events("SlaBreached")).Single(e =>
            e.GetProperty("number").GetString() == request.Number
        );
        breach.GetProperty("cause").GetString().ShouldBe("retarget");
        breach.GetProperty("breachedAt").GetDateTimeOffset().ShouldBe(Now);
        // It stays breached, whatever comes after.
        await Publish("PT9H", 3);
        ((int)(await Rebased(Admin(host), new { policy = _policy }))["clocks"]!).ShouldBe(0);
        (await Clocks()).ShouldHaveSingleItem().BreachedAt.ShouldBe(Now);
    }

    [Fact]
    public async Task A_new_version_of_the_calendar_is_rebased_onto_by_its_name()
    {
        var host = replicas.Start();
        var calendar = $"c-{Guid.CreateVersion7():n}"[..20];
        await Calendar(calendar, 1, "00:00-24:00");
        await using (var db = replicas.Db())
        {
            db.Policies.Add(
                new()
                {
                    PolicyId = _policy,
                    Version = 1,
                    Body =
                        $$"""{"id":"{{_policy}}","order":2000,"calendar":"{{calendar}}","targets":{"first_contact":{"normal":"PT1H"} } }""",
                    PublishedBy = "test",
                    PublishedAt = Now,
                }
            );
            await db.SaveChangesAsync();
        }
        await Replicas.Receive(host, Requests.Of(Now) with { Policy = new(_policy, 1, calendar, 1) });
        await Calendar(calendar, 2, "00:00-00:01");

        ((int)(await Rebased(Admin(host), new { policy = _policy, calendar = "always" }))["clocks"]!).ShouldBe(0);
        var item = (await Rebased(Admin(host), new { calendar }))["items"]!.AsArray().ShouldHaveSingleItem()!;
        item["calendar"]!.ToJsonString().ShouldBe($$"""{"id":"{{calendar}}","from":1,"to":2}""");
        ((DateTimeOffset)item["newDueAt"]!).ShouldBeGreaterThan(Now.AddDays(50));
    }

    private async Task Calendar(string id, int version, string hours)
    {
        await using var db = replicas.Db();
        string[] days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        db.Calendars.Add(
            new()
            {
                CalendarId = id,
                Version = version,
                Body =
                    $$"""{"id":"{{id}}","zone":"UTC","week":{ {{string.Join(',', days.Select(day => $"\"{day}\":[\"{hours}\"]"))}} },"holidays":[],"workdays":[]}""",
                PublishedBy = "test",
                PublishedAt = Now,
            }
        );
        await db.SaveChangesAsync();
    }

    [Fact]
    public async Task Two_replicas_rebase_at_once_with_the_timer_running_and_each_clock_moves_once()
    {
        var (one, two) = (replicas.Start(), replicas.Start());
        var requests = await Tickets(one, 250, "PT2H");
        var answers = await Task.WhenAll(
            Rebased(Admin(one), new { policy = _policy }),
            Rebased(Admin(two), new { policy = _policy }),
            Rebased(Admin(one), new { policy = _policy })
        );

        answers.Sum(answer => (int)answer["clocks"]!).ShouldBe(250);
        (await Clocks()).ShouldAllBe(clock => clock.PolicyVersion == 2);
        var numbers = requests.Select(request => request.Number).ToHashSet();
        var events = (await replicas.Events("SlaClockRetargeted"))
            .Where(e => numbers.Contains(e.GetProperty("number").GetString()!))
            .ToList();
        events.Count.ShouldBe(250);
        await using var db = replicas.Db();
        var versions = await db
            .Tickets.Where(t => numbers.Contains(t.Number))
            .Select(t => t.EventVersion)
            .Distinct()
            .ToListAsync();
        versions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_ticket_that_waits_is_found_though_nothing_lies_ahead_of_its_clock()
    {
        var host = replicas.Start();
        var pin = await Pausing();
        var request = Requests.Of(Now) with { Policy = pin };
        await Replicas.Receive(host, request);
        var manager = host.Client(TestTokens.For("zhao.min", ["manager"]));
        await World.Do(manager, request.Number, "contacts", new { channel = "phone", outcome = "reached" });
        await World.Do(manager, request.Number, "pauses", new { reason = "waiting_customer" });
        await Publish("PT3H", 2);
        var item = (await Rebased(Admin(host), new { policy = _policy }))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)item["clock"]!, item["newDueAt"]).ShouldBe(("resolution", null));
    }

    private async Task<PolicyPin> Pausing()
    {
        await using var db = replicas.Db();
        db.Policies.Add(
            new()
            {
                PolicyId = _policy,
                Version = 1,
                Body =
                    $$"""{"id":"{{_policy}}","order":2000,"calendar":"always","targets":{"resolution":{"normal":"PT1H"} },"pauseOn":{"resolution":["waiting_customer"]} }""",
                PublishedBy = "test",
                PublishedAt = Now,
            }
        );
        await db.SaveChangesAsync();
        return new(_policy, 1, "always", 1);
    }

    [Fact]
    public async Task A_list_goes_on_with_its_cursor_and_tickets_narrow_it()
    {
        var host = replicas.Start();
        var requests = await Tickets(host, 5);
        var seen = new List<string>();
        for (string? next = ""; next is not null; )
        {
            var page = await Rebased(Admin(host), new { policy = _policy }, $"?limit=2{next}");
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
            ((int)page["pending"]!["tickets"]!).ShouldBe(5);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["ticket"]!));
            next = (string?)page["nextCursor"] is { } cursor ? $"&cursor={cursor}" : null;
        }
        seen.ShouldBe(requests.Select(request => request.Number), ignoreOrder: true);

        var one = await Rebased(Admin(host), new { tickets = new[] { requests[3].Number } });
        ((int)one["tickets"]!, (int)one["pending"]!["tickets"]!).ShouldBe((1, 0));
        ((int)(await Rebased(Admin(host), new { policy = _policy }, ""))["pending"]!["tickets"]!).ShouldBe(4);
    }
}
