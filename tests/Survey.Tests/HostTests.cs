using System.Diagnostics;
using System.Net;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Survey.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task It_starts_on_a_real_database_and_says_so()
    {
        await using var database = await TestDatabase.For<SurveyDbContext>();
        await using var host = new ServiceHost<SurveyDbContext>(database);
        foreach (var path in (string[])["/livez", "/readyz", "/startupz", "/openapi/v1.json"])
            (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    [Fact]
    public async Task Without_its_database_it_is_not_ready()
    {
        await using var host = new ServiceHost<SurveyDbContext>(
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
        await using var database = await TestDatabase.For<SurveyDbContext>();
        await using var host = new ServiceHost<SurveyDbContext>(database);
        const string path = "/v1/admin/survey/dead-letters";
        (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client(TestTokens.For("li.wei", ["agent"])).GetAsync(path)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await host.Client(TestTokens.For("root", ["admin"])).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_migrate_verb_makes_the_tables_may_be_run_again_and_lets_go_who_waits_for_it()
    {
        await using var database = await TestDatabase.For<SurveyDbContext>();
        var broker = await TestBroker.Of<HostTests>();
        await using (var context = database.Context())
            await context.Database.ExecuteSqlRawAsync(
                "DROP SCHEMA messaging CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
            );

        using var waiting = Start("wait-for-migration", database.ConnectionString, broker.Uri);
        string? line;
        do line = await waiting.StandardOutput.ReadLineAsync();
        while (line?.Contains("Waiting") is false);
        line.ShouldNotBeNull();
        waiting.HasExited.ShouldBeFalse();
        for (var run = 0; run < 2; run++)
        {
            using var migrating = Start("migrate", database.ConnectionString, broker.Uri);
            (await Ended(migrating)).ShouldBe(0);
        }
        (await Ended(waiting)).ShouldBe(0);

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var tables = new NpgsqlCommand(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'messaging'",
            connection
        );
        (await tables.ExecuteScalarAsync()).ShouldBe(4L);
    }

    private static Process Start(string verb, string database, Uri broker)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SurveyDbContext).Assembly.Location, verb])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ConnectionStrings__Database"] = database;
        start.Environment["ConnectionStrings__Broker"] = broker.ToString();
        return Process.Start(start).ShouldNotBeNull();
    }

    private static async Task<int> Ended(Process process)
    {
        await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    [Fact]
    public async Task Every_operation_tells_its_whole_contract()
    {
        await using var database = await TestDatabase.For<SurveyDbContext>();
        await using var host = new ServiceHost<SurveyDbContext>(database);
        (await ApiRules.Missing(host.Client(), "Survey")).ShouldBeEmpty();
    }
}
