using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Deployment.Tests.Running;

/// <summary>
/// Databases and roles on a real server, made by the scripts that production's cluster is made with. Roles belong to the whole server: a prefix
/// keeps those of this test apart.
/// </summary>
internal sealed class RoleDatabases : IAsyncDisposable
{
    private const string Password = "of-this-test-only";
    private readonly string _superuser;
    private readonly string _prefix = "r" + $"{Guid.CreateVersion7():n}_"[^13..];

    private RoleDatabases(string superuser) => _superuser = superuser;

    public static async Task<RoleDatabases> Make()
    {
        var made = new RoleDatabases((await TestServers.Shared()).Postgres);
        await made.Run("postgres", made.Script("roles.sql"));
        await made.Run("postgres", $"CREATE DATABASE {made.Template}");
        await made.Run(made.Template, made.Script("privileges.sql"));
        foreach (var service in Overlay.Services)
        {
            foreach (var role in (string[])["owner", "app"])
                await made.Run("postgres", $"ALTER ROLE {made.Role(service, role)} LOGIN PASSWORD '{Password}'");
            await made.Run(
                "postgres",
                $"CREATE DATABASE {made.Database(service)} TEMPLATE {made.Template} OWNER {made.Role(service, "owner")}"
            );
        }

        return made;
    }

    /// <summary>How a role (owner or app) reaches a service's database; by default its own.</summary>
    public string Address(string service, string role, string? database = null) =>
        new NpgsqlConnectionStringBuilder(_superuser)
        {
            Database = Database(database ?? service),
            Username = Role(service, role),
            Password = Password,
            MaxPoolSize = 8,
        }.ConnectionString;

    public string Role(string service, string role) => $"{_prefix}{service}_{role}";

    /// <summary>Another login of a role's rights, as the run book has one made.</summary>
    public async Task<string> SecondLogin(string service)
    {
        var (first, second) = (Role(service, "app"), Role(service, "app") + "_2");
        await Run("postgres", $"CREATE ROLE {second} LOGIN PASSWORD '{Password}' IN ROLE {first}");
        return new NpgsqlConnectionStringBuilder(Address(service, "app")) { Username = second }.ConnectionString;
    }

    /// <summary>What PostgreSQL's own programs find the server by, as superuser.</summary>
    public Dictionary<string, string> Environment()
    {
        var superuser = new NpgsqlConnectionStringBuilder(_superuser);
        return new(StringComparer.Ordinal)
        {
            ["PGHOST"] = superuser.Host!,
            ["PGPORT"] = $"{superuser.Port}",
            ["PGUSER"] = superuser.Username!,
            ["PGPASSWORD"] = superuser.Password!,
            ["PGDATABASE"] = "postgres",
        };
    }

    /// <summary>Words with every name of a service prefixed; what production makes from template1 is made from this test's template.</summary>
    public string Named(string text)
    {
        foreach (var service in Overlay.Services)
            text = text.Replace(service, _prefix + service, StringComparison.Ordinal);
        return text.Replace(" OWNER ", $" TEMPLATE {Template} OWNER ", StringComparison.Ordinal);
    }

    public static async Task Execute(string address, string sql)
    {
        await using var connection = new NpgsqlConnection(address + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<IReadOnlyList<string>> Ask(string address, string sql)
    {
        await using var connection = new NpgsqlConnection(address + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await rows.ReadAsync())
            texts.Add(rows.GetString(0));
        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var database in Overlay.Services.Select(Database).Append(Template))
            await Run("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        foreach (var service in Overlay.Services)
        {
            var app = Role(service, "app");
            await Run("postgres", $"DROP ROLE IF EXISTS {Role(service, "owner")}, {app}, {app}_2");
        }
    }

    private string Template => $"{_prefix}template";

    private string Database(string service) => $"{_prefix}{service}";

    /// <summary>The script with every name of a service prefixed.</summary>
    private string Script(string file) =>
        Named(File.ReadAllText(Path.Combine(Checkout.Root, "deploy/kustomize/components/cnpg", file)));

    private Task Run(string database, string sql) =>
        Execute(new NpgsqlConnectionStringBuilder(_superuser) { Database = database }.ConnectionString, sql);
}
