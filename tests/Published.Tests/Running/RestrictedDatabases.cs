using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Published.Tests.Running;

/// <summary>A database per service with the two roles of production, made by the file that production is made with.</summary>
internal sealed class RestrictedDatabases : IAsyncDisposable
{
    private const string Password = "published-tests";
    private readonly string prefix = $"pub{Environment.ProcessId}_";
    private readonly string superuser;
    private readonly string psql;

    private RestrictedDatabases(string superuser, string psql) => (this.superuser, this.psql) = (superuser, psql);

    public static async Task<RestrictedDatabases> Make(CancellationToken ct)
    {
        var servers = await TestServers.Shared();
        var found = await ServerSetup.Obtain(Console.WriteLine, ct);
        var psql =
            found is not null && Path.Combine(found.Postgres, "psql") is var beside && File.Exists(beside)
                ? beside
                : Command.Find("psql") ?? throw new LocalRunException("psql is missing (Debian: postgresql-client).");
        var databases = new RestrictedDatabases(servers.Postgres, psql);
        foreach (var service in Service.All)
            await databases.Roles(service.Name, ct);
        return databases;
    }

    public string Owner(string service) => Address(service, "owner");

    public string Application(string service) => Address(service, "app");

    /// <summary>Runs deploy/postgres/roles.sql; any number of times.</summary>
    public Task Roles(string service, CancellationToken ct)
    {
        var to = new NpgsqlConnectionStringBuilder(superuser);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = to.Host!,
            ["PGPORT"] = $"{to.Port}",
            ["PGUSER"] = to.Username!,
            ["PGPASSWORD"] = to.Password ?? "",
            ["PGDATABASE"] = to.Database ?? "postgres",
        };
        return Command.Run(
            [
                psql,
                "-X",
                "-q",
                .. Variables(service).SelectMany(one => new[] { "-v", one }),
                "-f",
                Path.Combine(Checkout.Root, "deploy", "postgres", "roles.sql"),
            ],
            environment,
            ct: ct
        );
    }

    public async ValueTask DisposeAsync()
    {
        await using var source = NpgsqlDataSource.Create(superuser + ";Pooling=false");
        foreach (var service in Service.All)
        {
            foreach (
                var statement in (string[])
                    [
                        $"""DROP DATABASE IF EXISTS "{prefix}{service.Name}" WITH (FORCE)""",
                        $"""DROP ROLE IF EXISTS "{prefix}{service.Name}_app" """,
                        $"""DROP ROLE IF EXISTS "{prefix}{service.Name}_owner" """,
                    ]
            )
            {
                await using var command = source.CreateCommand(statement);
                await command.ExecuteNonQueryAsync();
            }
        }
    }

    private IEnumerable<string> Variables(string service) =>
        [
            "ON_ERROR_STOP=1",
            $"service={prefix}{service}",
            $"owner_password={Password}",
            $"app_password={Password}",
            $"makes_tables={(service == "analytics" ? 1 : 0)}",
        ];

    private string Address(string service, string role) =>
        new NpgsqlConnectionStringBuilder(superuser)
        {
            Database = prefix + service,
            Username = $"{prefix}{service}_{role}",
            Password = Password,
            MaxPoolSize = 20,
        }.ConnectionString;
}
