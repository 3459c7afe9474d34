using System.Net;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerFeedback.Notifications.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task It_starts_on_a_real_database_and_says_so()
    {
        await using var database = await TestDatabase.For<NotificationsDbContext>();
        await using var neighbours = await Neighbours.Start();
        await using var host = new ServiceHost<NotificationsDbContext>(
            database,
            settings: NotificationsWorld.Settings(neighbours)
        );
        foreach (var path in (string[])["/livez", "/readyz", "/startupz", "/openapi/v1.json"])
            (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        (await ApiRules.Missing(host.Client(), "Notifications")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_its_database_it_is_not_ready()
    {
        await using var neighbours = await Neighbours.Start();
        var settings = NotificationsWorld.Settings(neighbours);
        settings["ConnectionStrings:Database"] = "Host=127.0.0.1;Port=9;Username=nobody;Database=nothing";
        await using var host = new ServiceHost<NotificationsDbContext>(database: null, settings: settings);
        (await host.Client().GetAsync("/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client().GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Its_parked_messages_are_an_administrators_business()
    {
        await using var database = await TestDatabase.For<NotificationsDbContext>();
        await using var neighbours = await Neighbours.Start();
        await using var host = new ServiceHost<NotificationsDbContext>(
            database,
            settings: NotificationsWorld.Settings(neighbours)
        );
        const string path = "/v1/admin/notifications/dead-letters";
        (await host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client(TestTokens.For("li.wei", ["agent"])).GetAsync(path)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await host.Client(TestTokens.For("root", ["admin"])).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Notifications:Channels:phone", "", "Notifications:Channels:phone: missing")]
    [InlineData("Notifications:Channels:phone", "pigeon", "Notifications:Channels:phone: pigeon is not")]
    [InlineData("Notifications:Channels:fax", "log", "Notifications:Channels:fax: unknown")]
    [InlineData("Notifications:Channels:email", "smtp", "Notifications:Smtp:Host: missing")]
    [InlineData("Notifications:Channels:alert", "smtp", "Notifications:Smtp:AgentAddress: missing")]
    [InlineData("Notifications:Channels:phone", "http", "Notifications:Http:SecretFile: missing")]
    [InlineData("Notifications:PublicUrl", "", "Notifications:PublicUrl: missing")]
    [InlineData("Notifications:Zone", "Moon/Crater", "Notifications:Zone")]
    [InlineData("Edges:Survey", "", "Edges:Survey: missing")]
    [InlineData("Edges:TokenFile", "", "Edges:TokenFile: missing")]
    public async Task A_setting_that_is_missing_or_wrong_stops_it_by_name(string setting, string value, string told)
    {
        await using var neighbours = await Neighbours.Start();
        var builder = WebApplication.CreateBuilder();
        foreach (var (name, usual) in NotificationsWorld.Settings(neighbours))
            builder.Configuration[name] = usual;
        builder.Configuration[setting] = value;
        builder.AddNotifications();
        await using var host = builder.Build();
        var check = host.Services.GetRequiredService<IStartupValidator>();
        Should.Throw<Exception>(check.Validate).ToString().ShouldContain(told);
    }

    [Fact]
    public async Task The_migrate_verb_makes_the_tables_and_may_be_run_again()
    {
        await using var database = await TestDatabase.For<NotificationsDbContext>();
        var broker = await TestBroker.Of<HostTests>();
        await using (var context = database.Context())
            await context.Database.ExecuteSqlRawAsync(
                "DROP SCHEMA messaging CASCADE; DROP TABLE deliveries; DROP TABLE \"__EFMigrationsHistory\""
            );

        for (var run = 0; run < 2; run++)
            (await Migrate(database.ConnectionString, broker.Uri)).ShouldBe(0);

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var tables = new NpgsqlCommand(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'messaging'",
            connection
        );
        (await tables.ExecuteScalarAsync()).ShouldBe(4L);
    }

    private static async Task<int> Migrate(string database, Uri broker)
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            "dotnet",
            [typeof(NotificationsDbContext).Assembly.Location, "migrate"]
        );
        start.Environment["ConnectionStrings__Database"] = database;
        start.Environment["ConnectionStrings__Broker"] = broker.ToString();
        using var process = System.Diagnostics.Process.Start(start).ShouldNotBeNull();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }
}
