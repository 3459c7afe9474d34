using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Features.Opening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A replica on a host whose clock is wrong decides by the time of the database, as all of them do.</summary>
public sealed class WrongClockTests
{
    [Fact]
    public async Task A_replica_whose_hosts_clock_is_ahead_fires_nothing_early()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.For<TicketingDbContext>();
        await using var right = new ServiceHost<TicketingDbContext>(database);
        await using (var scope = right.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
            var slice = ActivatorUtilities.CreateInstance<OpenTicketOnRequestReceived>(scope.ServiceProvider);
            await db.InTransaction(token => slice.Open([Requests.Of(TimeProvider.System.GetUtcNow())], token), ct);
        }

        var ahead = new FakeClock(TimeProvider.System.GetUtcNow().AddHours(2)); // the first contact is due in one
        await using var wrong = new ServiceHost<TicketingDbContext>(
            database,
            services: registered =>
                registered.AddSingleton(host => new DatabaseTime(() => ServiceDatabase.Connection(host), ahead))
        );
        using var looked = await wrong.Client().GetAsync("/readyz", ct);
        await Task.Delay(TimeSpan.FromSeconds(2), ct);

        await using var stored = database.Context();
        (await stored.Clocks.CountAsync(clock => clock.EndedAt == null, ct)).ShouldBeGreaterThan(0);
        (await stored.Steps.CountAsync(ct)).ShouldBe(0);
    }
}
