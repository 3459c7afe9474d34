using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Notifications.Tests.Features.Announcing;

/// <summary>Every consumer and the worker on a real broker, two replicas, each event more than once.</summary>
public sealed class OverTheBrokerTests
{
    [Fact]
    public async Task Each_event_becomes_one_message_that_is_sent()
    {
        await using var database = await TestDatabase.For<NotificationsDbContext>();
        await using var neighbours = await Neighbours.Start();
        var broker = await TestBroker.Claim();
        var settings = NotificationsWorld.Settings(neighbours);
        await using var first = new ServiceHost<NotificationsDbContext>(database, broker, settings: settings);
        await using var second = new ServiceHost<NotificationsDbContext>(database, broker, settings: settings);
        (first.Client(), second.Client()).ShouldNotBe(default);
        object[] events =
        [
            Announced.Request("zh-CN", Announced.FirstContact),
            Announced.Request("en"),
            Announced.Resolved(),
            Announced.Unconfirmed(),
            Announced.Invited(),
            Announced.Assigned(),
            Announced.Breached(),
            Announced.Escalated(),
            Announced.Escalated(recipient: null),
        ];
        await using (var db = database.Context())
        {
            for (var i = 0; i < 3; i++)
            {
                foreach (var message in events)
                    db.Publish(message);
            }
            await db.SaveChangesAsync();
        }

        await Eventually.That(
            async () =>
            {
                await using var db = database.Context();
                var handled = await db
                    .Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM messaging.inbox")
                    .SingleAsync();
                handled.ShouldBe(27);
                var states = await db.Deliveries.Select(d => d.State).ToListAsync();
                states.ShouldBe(Enumerable.Repeat(DeliveryState.Delivered, 8));
            },
            within: TimeSpan.FromSeconds(240)
        );

        await using var after = database.Context();
        var rows = await after.Deliveries.AsNoTracking().ToListAsync();
        rows.Select(row => row.Template)
            .ShouldBe(
                [
                    "request-accepted",
                    "request-received",
                    "please-confirm",
                    "please-confirm-again",
                    "survey-link",
                    "ticket-assigned",
                    "sla-breached",
                    "ticket-escalated",
                ],
                ignoreOrder: true
            );
        rows.ShouldAllBe(row => row.Attempts == 1 && row.Adapter == "log");
        rows.Where(row => row.CustomerId is null)
            .Select(row => row.Recipient)
            .ShouldBe(["li.wei", "li.wei", "wang.fang"], ignoreOrder: true);
    }
}
