using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Opening;

/// <summary>The consumer on a real broker, with two replicas: repeated and shuffled deliveries come out as one ticket each.</summary>
public sealed class OpenOverTheBrokerTests
{
    [Fact]
    public async Task Repeated_and_shuffled_deliveries_to_two_replicas_open_one_ticket_each()
    {
        await using var database = await TestDatabase.For<TicketingDbContext>();
        var broker = await TestBroker.Claim();
        await using var first = new ServiceHost<TicketingDbContext>(database, broker);
        await using var second = new ServiceHost<TicketingDbContext>(database, broker);
        (first.Client(), second.Client()).ShouldNotBe(default);
        var requests = Enumerable.Range(0, 40).Select(_ => Requests.Of(TimeProvider.System.GetUtcNow())).ToArray();
        var deliveries = Enumerable.Repeat(requests, 3).SelectMany(all => all).ToArray();
        new Random(7).Shuffle(deliveries);

        // Any outbox reaches the exchange that the queue is bound to; each row is a message id of its own.
        await using (var db = database.Context())
        {
            foreach (var request in deliveries)
                db.Publish(request, request.RequestId.ToString());
            await db.SaveChangesAsync();
        }

        await Eventually.That(
            async () =>
            {
                await using var db = database.Context();
                return await Handled(db) == deliveries.Length;
            },
            within: TimeSpan.FromSeconds(240)
        );

        await using var after = database.Context();
        var tickets = await after.Tickets.AsNoTracking().ToListAsync();
        tickets.Select(t => t.RequestId).ShouldBe(requests.Select(r => r.RequestId), ignoreOrder: true);
        tickets.ShouldAllBe(t => t.Assignee == "li.wei");
        foreach (var ticket in tickets)
        {
            // Opened, assigned, status changed, two clocks started: announced once.
            ticket.EventVersion.ShouldBe(5);
            (await after.Timeline.CountAsync(entry => entry.TicketId == ticket.Id)).ShouldBe(ticket.Entries);
        }
    }

    private static Task<int> Handled(TicketingDbContext db) =>
        db
            .Database.SqlQuery<int>(
                $"SELECT count(*)::int AS \"Value\" FROM messaging.inbox WHERE consumer = 'ticketing-open-ticket-on-request-received'"
            )
            .SingleAsync();
}
