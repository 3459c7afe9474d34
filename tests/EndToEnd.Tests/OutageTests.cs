using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests;

/// <summary>Processes and the broker die in the middle of the work; nothing that was accepted is lost or done twice.</summary>
[Collection(SystemTests.Name)]
public sealed class OutageTests(RunningSystem system) : IDisposable
{
    private const string PolicyId = "outage-seconds";
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(4);
    private readonly Shop _shop = new(system);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Every_accepted_request_has_one_ticket_though_replicas_are_killed_in_the_stream()
    {
        var stream = new RequestStream(system, _shop, count: 300);
        var running = stream.Run();

        await stream.Reaches(60);
        var intake = await Kill("intake", replica: 0);
        await stream.Reaches(150);
        var ticketing = await Kill("ticketing", replica: 1);
        await running;

        await stream.EveryRequestHasExactlyOneTicket();
        await Task.WhenAll(intake, ticketing);
    }

    [Fact]
    public async Task Every_request_is_accepted_while_the_broker_is_down_and_has_its_ticket_afterwards()
    {
        var around = new RequestStream(system, _shop, count: 100);
        var during = new RequestStream(system, _shop, count: 100);
        var running = around.Run();

        await around.Reaches(25); // the rest is on its way somewhere when the broker goes
        await system.Broker.Stop();
        try
        {
            await running;
            await during.Run();
        }
        finally
        {
            await system.Broker.StartAgain();
        }

        await around.EveryRequestHasExactlyOneTicket();
        await during.EveryRequestHasExactlyOneTicket();
    }

    [Fact]
    public async Task Each_step_of_the_ladder_is_climbed_once_by_two_replicas_of_which_one_is_killed()
    {
        using var put = await _shop.PutPolicy(PolicyId, Policy());
        put.IsSuccessStatusCode.ShouldBeTrue(await put.Content.ReadAsStringAsync());
        var number = await CaughtByPolicy();
        await _shop.Ticket(number);

        var back = await Kill("ticketing", replica: 0);

        await Eventually.That(
            async () => await Ladder(number) is { Warnings: 2, Breaches: 1, Escalations: 3 },
            within: TimeSpan.FromSeconds(120)
        );
        await back;
        (await Ladder(number)).ShouldBe((2, 1, 3));
    }

    /// <summary>Kills a process as a crash would; the task ends when the launcher has it back and ready.</summary>
    private async Task<Task> Kill(string service, int replica)
    {
        var host = system.Hosts.Of(service)[replica];
        var before = host.Pid;
        Native.Signal(before, Native.Kill);
        await Eventually.That(() => ProcessTable.Mark(before) is null);
        return Eventually.That(
            async () => host.Pid != before && await host.IsReady(CancellationToken.None),
            within: TimeSpan.FromSeconds(180)
        );
    }

    /// <summary>Intake learns of a policy by an event: asks until a promise is the policy's.</summary>
    private async Task<string> CaughtByPolicy()
    {
        var caught = await Eventually.Gives<string>(
            async () =>
            {
                var accepted = await _shop.Accepted(
                    Shop.Request(
                        $"{Guid.CreateVersion7()}",
                        channel: "store",
                        type: "suggestion",
                        urgency: "critical",
                        segment: "vip"
                    )
                );
                var first = accepted
                    .GetProperty("promises")
                    .EnumerateArray()
                    .Single(p => p.GetProperty("clock").GetString() == "first_contact");
                return
                    first.GetProperty("dueAt").GetDateTimeOffset()
                        - accepted.GetProperty("receivedAt").GetDateTimeOffset()
                    == Target
                    ? accepted.GetProperty("number").GetString()
                    : null;
            },
            within: TimeSpan.FromSeconds(120)
        );
        return caught;
    }

    private async Task<(int Warnings, int Breaches, int Escalations)> Ladder(string number)
    {
        var timeline = await _shop.Read($"/v1/tickets/{number}/timeline?limit=200");
        var kinds = timeline
            .GetProperty("items")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("kind").GetString())
            .ToList();
        return (
            kinds.Count(k => k == "sla_warning_reached"),
            kinds.Count(k => k == "sla_breached"),
            kinds.Count(k => k == "escalated")
        );
    }

    private static object Policy() =>
        new
        {
            id = PolicyId,
            order = -500,
            match = new
            {
                type = "suggestion",
                channel = "store",
                segment = "vip",
                urgency = "critical",
            },
            calendar = "always",
            targets = new { first_contact = new { critical = $"PT{Target.TotalSeconds}S" } },
            warnAt = (double[])[0.5, 0.8],
            escalation = (object[])
                [
                    new { at = 1.0, to = "lead" },
                    new { after = "PT1S", to = "manager" },
                    new { after = "PT2S", to = "duty" },
                ],
        };
}
