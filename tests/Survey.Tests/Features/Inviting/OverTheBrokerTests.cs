using CustomerFeedback.Messaging;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Tests.Features.Inviting;

/// <summary>The consumers on a real broker, with two replicas: whatever the order, and however often it is told.</summary>
public sealed class OverTheBrokerTests
{
    [Fact]
    public async Task Repeated_and_shuffled_news_ask_each_customer_once_and_nobody_whose_ticket_was_reopened()
    {
        await using var database = await TestDatabase.For<SurveyDbContext>();
        var broker = await TestBroker.Claim();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Survey:DispatchDelay"] = "00:00:02" };
        await using var first = new ServiceHost<SurveyDbContext>(database, broker, settings: settings);
        await using var second = new ServiceHost<SurveyDbContext>(database, broker, settings: settings);
        (first.Client(), second.Client()).ShouldNotBe(default);
        var now = TimeProvider.System.GetUtcNow();
        var confirmed = Enumerable.Range(0, 20).Select(_ => Told.Confirmed(now)).ToArray();
        var reopened = confirmed.Take(8).Select(c => Told.Reopened(c, 2, now)).ToArray();
        var cancelled = confirmed.Skip(8).Take(4).Select(c => Told.Cancelled(c, now)).ToArray();
        object[] news =
        [
            .. confirmed,
            .. confirmed,
            .. reopened,
            .. reopened,
            .. cancelled,
            .. confirmed.SelectMany(c =>
                new[] { Told.Customer(c.CustomerId, 2), Told.Customer(c.CustomerId, 1, email: true) }
            ),
        ];
        new Random(7).Shuffle(news);

        // Any outbox reaches the exchanges that the queues are bound to; each row is a message id of its own.
        await using (var db = database.Context())
        {
            foreach (var one in news)
                db.Publish(one);
            await db.SaveChangesAsync();
        }

        await Eventually.That(
            async () =>
            {
                await using var db = database.Context();
                return await Handled(db) == news.Length
                    && !await db.Invitations.AnyAsync(i => i.State == InvitationState.Queued);
            },
            within: TimeSpan.FromSeconds(240)
        );

        await using var after = database.Context();
        var invitations = await after.Invitations.AsNoTracking().ToDictionaryAsync(i => i.Number);
        invitations.Count.ShouldBe(20);
        foreach (var ticket in confirmed.Take(8))
            (invitations[ticket.Number].State, invitations[ticket.Number].Reason).ShouldBe(
                (InvitationState.Cancelled, "reopened")
            );
        foreach (var ticket in confirmed.Skip(8).Take(4))
            invitations[ticket.Number].Reason.ShouldBe("ticket_cancelled");
        foreach (var ticket in confirmed.Skip(12))
            (invitations[ticket.Number].State, invitations[ticket.Number].EventVersion).ShouldBe(
                (InvitationState.Sent, 1)
            );
        (await after.Customers.AllAsync(c => c.Version == 2 && !c.Email)).ShouldBeTrue();
    }

    private static Task<int> Handled(SurveyDbContext db) =>
        db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM messaging.inbox").SingleAsync();
}
