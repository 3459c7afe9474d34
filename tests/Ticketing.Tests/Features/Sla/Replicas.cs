using System.Text.Json;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Features.Opening;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>As many hosts as a test starts, on one database and under one clock.</summary>
public sealed class Replicas : IAsyncLifetime
{
    private readonly List<ServiceHost<TicketingDbContext>> _hosts = [];
    private TestDatabase<TicketingDbContext> _database = null!;

    public FakeClock Clock { get; } = new();

    public async ValueTask InitializeAsync() => _database = await TestDatabase.For<TicketingDbContext>();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _database.DisposeAsync();
    }

    internal TicketingDbContext Db() => _database.Context();

    internal ServiceHost<TicketingDbContext> Start(IInterceptor? between = null)
    {
        var host = new ServiceHost<TicketingDbContext>(
            _database,
            clock: Clock,
            services: services =>
            {
                if (between is not null)
                    services.ConfigureDbContext<TicketingDbContext>(db => db.AddInterceptors(between));
            }
        );
        _ = host.Server;
        _hosts.Add(host);
        return host;
    }

    internal async Task Stop()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _hosts.Clear();
    }

    /// <summary>A policy with a first contact in so much, as if an administrator had published it.</summary>
    internal async Task<PolicyPin> Policy(string id, string target, string escalation = "[]")
    {
        await using var db = Db();
        db.Policies.Add(
            new()
            {
                PolicyId = id,
                Version = 1,
                Body = $$"""
                {"id":"{{id}}","order":2000,"calendar":"always","warnAt":[0.5,0.8],"escalation":{{escalation}},
                 "targets":{"first_contact":{"normal":"{{target}}","urgent":"{{target}}","critical":"{{target}}"} } }
                """,
                PublishedBy = "test",
                PublishedAt = Clock.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync();
        return new(id, 1, "always", 1);
    }

    internal static async Task Receive(ServiceHost<TicketingDbContext> host, params RequestReceived[] requests)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var slice = ActivatorUtilities.CreateInstance<OpenTicketOnRequestReceived>(scope.ServiceProvider);
        await db.InTransaction(ct => slice.Open(requests, ct), TestContext.Current.CancellationToken);
    }

    /// <summary>What was announced of this type so far.</summary>
    internal async Task<List<JsonElement>> Events(string type)
    {
        await using var db = Db();
        var rows = await db.Set<OutboxRow>().AsNoTracking().Where(row => row.Type.EndsWith(":" + type)).ToListAsync();
        return [.. rows.Select(row => JsonElement.Parse(row.Body).GetProperty("message"))];
    }

    internal async Task<List<SlaStepRow>> Steps()
    {
        await using var db = Db();
        return await db.Steps.AsNoTracking().OrderBy(step => step.DueAt).ToListAsync();
    }
}
