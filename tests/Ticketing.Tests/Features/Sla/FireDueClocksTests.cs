using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>The timer on a real database: each step once, never early, with its true time, whatever happens to the replicas.</summary>
public sealed class FireDueClocksTests(Replicas replicas) : IClassFixture<Replicas>
{
    private const string Ladder =
        """[{"at":1,"to":"assignee"},{"after":"PT1S","to":"lead"},{"after":"PT2S","to":"manager"},{"after":"PT3S","to":"duty"}]""";

    // A batch of its own per test: the database is shared by the class.
    private readonly string _policy = $"p-{Guid.CreateVersion7():n}"[..20];

    private DateTimeOffset Now => replicas.Clock.GetUtcNow();

    private async Task<List<string>> StepsOfPolicy()
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
        Eventually.That(async () => (await StepsOfPolicy()).Count.ShouldBe(steps), TimeSpan.FromSeconds(120));

    /// <summary>Time goes on while we wait: the timer may have begun to wait just after it was moved.</summary>
    private Task FiredInTheEnd(int steps, TimeSpan pace) =>
        Eventually.That(
            async () =>
            {
                replicas.Clock.Advance(pace);
                (await StepsOfPolicy()).Count.ShouldBe(steps);
            },
            TimeSpan.FromSeconds(120)
        );

    [Fact]
    public async Task Warnings_breach_and_ladder_come_each_at_its_time_and_once()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", Ladder);
        var request = Requests.Of(Now) with { Policy = pin };
        await Replicas.Receive(host, request);
        var start = Now;

        replicas.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        (await StepsOfPolicy()).ShouldBeEmpty();
        replicas.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Fired(1);
        replicas.Clock.Advance(TimeSpan.FromSeconds(3));
        await Fired(2);
        replicas.Clock.Advance(TimeSpan.FromSeconds(2));
        await Fired(4);
        for (var step = 5; step <= 7; step++)
        {
            replicas.Clock.Advance(TimeSpan.FromSeconds(1));
            await Fired(step);
        }

        replicas.Clock.Advance(TimeSpan.FromMinutes(1));
        (await StepsOfPolicy()).ShouldBe([
            "warn:0.5",
            "warn:0.8",
            "at:1",
            "breach",
            "after:PT1S",
            "after:PT2S",
            "after:PT3S",
        ]);

        var ladder = (await replicas.Events("TicketEscalated"))
            .Where(e => e.GetProperty("number").GetString() == request.Number)
            .ToList();
        ladder
            .Select(e => (e.GetProperty("to").GetString(), e.GetProperty("recipient").GetString()))
            .ShouldBe(
                [("assignee", "li.wei"), ("lead", "wang.fang"), ("manager", "zhao.min"), ("duty", "chen.jie")],
                ignoreOrder: true
            );
        var breach = (await replicas.Events("SlaBreached")).Single(e =>
            e.GetProperty("number").GetString() == request.Number
        );
        breach.GetProperty("breachedAt").GetDateTimeOffset().ShouldBe(start.AddSeconds(10));
        breach.GetProperty("cause").GetString().ShouldBe("elapsed");

        await using var db = replicas.Db();
        var ticket = await db.Tickets.AsNoTracking().SingleAsync(t => t.Number == request.Number);
        ticket.Breached.ShouldBeTrue();
        var told = await db
            .Timeline.AsNoTracking()
            .Where(line => line.TicketId == ticket.Id)
            .OrderBy(line => line.Seq)
            .ToListAsync();
        told.Count(line => line.Kind == "escalated").ShouldBe(4);
        told.Count(line => line.Kind == "sla_breached").ShouldBe(1);
        told.Count(line => line.Kind == "sla_warning_reached").ShouldBe(2);
        told.Select(line => line.Seq).ShouldBe(Enumerable.Range(1, told.Count));
    }

    [Fact]
    public async Task One_batch_holds_clocks_that_only_warn_before_clocks_that_breach()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", "[]");
        // Both warnings of the first are behind it, its breach lies 1.5 s ahead; the other one's first warning 1 s.
        var breaches = Requests.Of(Now.AddSeconds(-8.5)) with
        {
            Policy = pin,
        };
        var warns = Requests.Of(Now.AddSeconds(-4)) with { Policy = pin };
        await Replicas.Receive(host, breaches, warns);
        await Fired(2);

        replicas.Clock.Advance(TimeSpan.FromSeconds(2));
        await Fired(4);
        (await StepsOfPolicy()).ShouldBe(["warn:0.5", "warn:0.8", "warn:0.5", "breach"]);
    }

    [Fact]
    public async Task A_ticket_whose_steps_cannot_be_stored_holds_no_other_up()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", "[]");
        var requests = Enumerable.Range(0, 20).Select(_ => Requests.Of(Now) with { Policy = pin }).ToArray();
        await Replicas.Receive(host, requests);
        await using (await Poison.On(replicas.Db(), requests[7].Number))
        {
            replicas.Clock.Advance(TimeSpan.FromSeconds(20));
            await Fired(19 * 3);
        }

        await FiredInTheEnd(20 * 3, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Two_replicas_race_for_many_clocks_and_each_step_happens_once()
    {
        var one = replicas.Start();
        replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", Ladder);
        var requests = Enumerable.Range(0, 500).Select(_ => Requests.Of(Now) with { Policy = pin }).ToArray();
        await Replicas.Receive(one, requests);

        replicas.Clock.Advance(TimeSpan.FromMinutes(1));
        await Fired(500 * 7);

        var numbers = requests.Select(request => request.Number).ToHashSet();
        foreach (var (type, each) in new[] { ("SlaWarningReached", 2), ("SlaBreached", 1), ("TicketEscalated", 4) })
        {
            var events = (await replicas.Events(type))
                .Where(e => numbers.Contains(e.GetProperty("number").GetString()!))
                .ToList();
            events.CountBy(e => e.GetProperty("number").GetString()!).ShouldAllBe(of => of.Value == each);
            events.Count.ShouldBe(500 * each);
        }

        await using var db = replicas.Db();
        (await db.Clocks.CountAsync(clock => clock.PolicyId == _policy && clock.NextStepAt != null)).ShouldBe(0);
        var versions = await db
            .Tickets.Where(t => numbers.Contains(t.Number))
            .Select(t => new { t.EventVersion, t.Entries })
            .ToListAsync();
        // Opened, assigned, status, clock started, and seven steps, without gaps.
        versions.ShouldAllBe(ticket => ticket.EventVersion == 11);
    }

    [Fact]
    public async Task Due_while_everything_was_down_it_fires_on_recovery_with_its_true_time()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", Ladder);
        var request = Requests.Of(Now) with { Policy = pin };
        await Replicas.Receive(host, request);
        var start = Now;
        await replicas.Stop();

        replicas.Clock.Advance(TimeSpan.FromDays(40));
        replicas.Start();
        await Fired(7);

        var breach = (await replicas.Events("SlaBreached")).Single(e =>
            e.GetProperty("number").GetString() == request.Number
        );
        breach.GetProperty("breachedAt").GetDateTimeOffset().ShouldBe(start.AddSeconds(10));
        breach.GetProperty("occurredAt").GetDateTimeOffset().ShouldBe(start.AddDays(40));
        var duty = (await replicas.Events("TicketEscalated")).Single(e =>
            e.GetProperty("number").GetString() == request.Number && e.GetProperty("to").GetString() == "duty"
        );
        duty.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(start.AddSeconds(13));
    }

    [Fact]
    public async Task A_replica_that_dies_with_its_batch_leaves_all_of_it_to_the_others()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S", Ladder);
        await Replicas.Receive(host, [.. Enumerable.Range(0, 50).Select(_ => Requests.Of(Now) with { Policy = pin })]);
        await replicas.Stop();
        replicas.Clock.Advance(TimeSpan.FromMinutes(1));

        await using (var dying = replicas.Db())
        {
            await dying.Database.BeginTransactionAsync();
            (await dying.ClaimDue(Now, 200, [], CancellationToken.None)).Count.ShouldBeGreaterThanOrEqualTo(50);
            await dying.Database.ExecuteSqlAsync(
                $"UPDATE sla_clocks SET next_step_at = NULL WHERE policy_id = {_policy}"
            );

            replicas.Start();
            (await StepsOfPolicy()).ShouldBeEmpty();

            // Its connection is cut in the middle of the transaction.
            var pid = ((NpgsqlConnection)dying.Database.GetDbConnection()).ProcessID;
            await using var other = replicas.Db();
            await other.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend({pid})");
        }

        await FiredInTheEnd(50 * 7, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_ticket_that_a_command_holds_is_passed_over_and_the_others_are_not_kept_waiting()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S");
        var (held, free) = (Requests.Of(Now) with { Policy = pin }, Requests.Of(Now) with { Policy = pin });
        await Replicas.Receive(host, held, free);

        await using (var command = replicas.Db())
        {
            await command.Database.BeginTransactionAsync();
            (
                await command.Database.ExecuteSqlAsync($"SELECT 1 FROM tickets WHERE number = {held.Number} FOR UPDATE")
            ).ShouldBe(-1);
            replicas.Clock.Advance(TimeSpan.FromSeconds(10));
            await Fired(3);
            (await replicas.Events("SlaBreached")).ShouldNotContain(e =>
                e.GetProperty("number").GetString() == held.Number
            );
        }

        await Eventually.That(async () =>
        {
            replicas.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return (await StepsOfPolicy()).Count == 6;
        });
    }

    [Fact]
    public async Task A_ticket_that_another_replica_was_faster_at_is_on_time_again_for_its_next_step()
    {
        await replicas.Stop(); // those of other tests would be faster indeed
        var faster = new FasterReplica(replicas, _policy, TimeSpan.FromSeconds(30));
        var host = replicas.Start(faster);
        var pin = await replicas.Policy(_policy, "PT10S");
        await Replicas.Receive(host, Requests.Of(Now) with { Policy = pin });

        replicas.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.That(() => faster.Was);
        (await StepsOfPolicy()).ShouldBeEmpty();
        replicas.Clock.Advance(TimeSpan.FromSeconds(30)); // less than a ticket is set aside that cannot be done
        await Fired(3);
    }

    [Fact]
    public async Task A_step_that_fired_can_be_stored_only_once()
    {
        var host = replicas.Start();
        var pin = await replicas.Policy(_policy, "PT10S");
        await Replicas.Receive(host, Requests.Of(Now) with { Policy = pin });
        replicas.Clock.Advance(TimeSpan.FromSeconds(5));
        await Fired(1);

        await using var db = replicas.Db();
        var clock = await db.Clocks.SingleAsync(row => row.PolicyId == _policy);
        db.Steps.Add(
            new()
            {
                ClockId = clock.Id,
                Step = "warn:0.5",
                DueAt = Now,
                FiredAt = Now,
            }
        );
        var failure = await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());
        failure
            .InnerException.ShouldBeOfType<PostgresException>()
            .SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }
}
