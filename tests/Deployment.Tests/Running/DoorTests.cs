using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Deployment.Tests.Running;

/// <summary>Who gets into which database by the cluster's pg_hba, on a server of the test's own. Unencrypted: it has no certificate.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private const string Password = "of-this-test-only";
    private readonly string _home = DataHome.For($"doors-{Guid.CreateVersion7():n}");
    private PostgresServer? _server;

    public async ValueTask InitializeAsync()
    {
        var programs = await ServerBinaries.Postgres(CancellationToken.None);
        programs.ShouldNotBeNull();
        var data = Path.Combine(_home, "server");
        _server = await PostgresServer.Start(
            new(programs, data, Password, Ports.Any(), ["fsync=off"]),
            TestContext.Current.CancellationToken
        );
        await Tell(
            await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "deploy/kustomize/components/cnpg/roles.sql"))
        );
        foreach (var service in Overlay.Services)
            await Tell($"CREATE DATABASE {service} OWNER {service}_owner");
        foreach (var role in Overlay.Services.SelectMany(s => (string[])[$"{s}_owner", $"{s}_app"]))
            await Tell($"ALTER ROLE {role} LOGIN PASSWORD '{Password}'");
        await Tell($"CREATE ROLE stranger LOGIN PASSWORD '{Password}'");
        await Tell($"CREATE ROLE ticketing_app_2 LOGIN PASSWORD '{Password}' IN ROLE ticketing_app");
        await File.WriteAllLinesAsync(Path.Combine(data, "data", "pg_hba.conf"), Doors());
        await Tell("SELECT pg_reload_conf()");
        await Eventually.That(async () => !await GetsIn("stranger", "ticketing"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.Kill();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task A_service_gets_into_its_own_database_with_a_second_login_too_and_nobody_else_does()
    {
        foreach (var service in Overlay.Services)
        {
            (await GetsIn($"{service}_owner", service)).ShouldBeTrue(service);
            (await GetsIn($"{service}_app", service)).ShouldBeTrue(service);
            (await GetsIn("stranger", service)).ShouldBeFalse(service);
            (await GetsIn("ticketing_app_2", service)).ShouldBe(service == "ticketing", service);
            (await GetsIn("survey_app", service)).ShouldBe(service == "survey", service);
        }
    }

    /// <summary>The operator lets itself in first; then what the manifest says.</summary>
    private static IEnumerable<string> Doors() =>
        Overlay
            .Production.Get("Cluster", "postgres")
            .Spec.Items("postgresql", "pg_hba")
            .Select(line => line.ToString().Replace("hostssl ", "host ", StringComparison.Ordinal))
            .Prepend("host postgres postgres all scram-sha-256");

    private Task Tell(string sql) => RoleDatabases.Execute(_server!.ConnectionString, sql);

    private async Task<bool> GetsIn(string role, string database)
    {
        var address = new NpgsqlConnectionStringBuilder(_server!.ConnectionString)
        {
            Username = role,
            Password = Password,
            Database = database,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return false;
        }
    }
}
