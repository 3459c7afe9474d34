using System.Net;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Analytics.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task It_starts_on_a_real_database_and_says_so()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        foreach (var path in (string[])["/livez", "/readyz", "/startupz", "/openapi/v1.json"])
            (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    [Fact]
    public async Task Without_its_database_it_is_not_ready()
    {
        await using var host = new ServiceHost<AnalyticsDbContext>(
            database: null,
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Database"] = "Host=127.0.0.1;Port=9;Username=nobody;Database=nothing",
            }
        );
        (await host.Client().GetAsync("/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client().GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Its_parked_messages_are_an_administrators_business()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        const string path = "/v1/admin/analytics/dead-letters";
        (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client(TestTokens.For("li.wei", ["agent"])).GetAsync(path)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await host.Client(TestTokens.For("root", ["admin"])).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_migrate_verb_makes_the_tables_and_may_be_run_again()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        var broker = await TestBroker.Of<HostTests>();
        await using (var context = database.Context())
            await context.Database.ExecuteSqlRawAsync(
                "DROP SCHEMA public, facts, messaging CASCADE; CREATE SCHEMA public"
            );

        for (var run = 0; run < 2; run++)
            (await Migrate(database.ConnectionString, broker.Uri)).ShouldBe(0);

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var tables = new NpgsqlCommand(
            "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE tablename IN ('outbox', 'events', 'rollups')",
            connection
        );
        (await tables.ExecuteScalarAsync()).ShouldBe("events outbox rollups");
    }

    private static async Task<int> Migrate(string database, Uri broker)
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            "dotnet",
            [typeof(AnalyticsDbContext).Assembly.Location, "migrate"]
        );
        start.Environment["ConnectionStrings__Database"] = database;
        start.Environment["ConnectionStrings__Broker"] = broker.ToString();
        using var process = System.Diagnostics.Process.Start(start).ShouldNotBeNull();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }

    [Fact]
    public async Task Every_operation_tells_its_whole_contract()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        (await ApiRules.Missing(host.Client(), "Analytics")).ShouldBeEmpty();
    }
}
