using Npgsql;

namespace CustomerFeedback.Local.Hosts;

/// <summary>A database and a role per service: nobody can read another's tables.</summary>
internal static class Databases
{
    /// <summary>Makes what is missing and gives each service its connection string.</summary>
    public static async Task<IReadOnlyDictionary<Service, string>> Ensure(
        string superuser,
        IReadOnlyList<Service> services,
        string password,
        string prefix,
        CancellationToken ct
    )
    {
        await using var source = NpgsqlDataSource.Create(superuser + ";Pooling=false");
        var addresses = new Dictionary<Service, string>();
        foreach (var service in services)
        {
            var name = prefix + service.Name;
            var role = await Exists(source, "SELECT 1 FROM pg_roles WHERE rolname = $1", name, ct) ? "ALTER" : "CREATE";
            await Run(source, $"""{role} ROLE "{name}" LOGIN PASSWORD '{password}'""", ct);
            if (!await Exists(source, "SELECT 1 FROM pg_database WHERE datname = $1", name, ct))
                await Run(source, $"""CREATE DATABASE "{name}" OWNER "{name}" """, ct);

            await Run(source, $"""REVOKE ALL ON DATABASE "{name}" FROM PUBLIC""", ct);
            addresses[service] = new NpgsqlConnectionStringBuilder(superuser)
            {
                Database = name,
                Username = name,
                Password = password,
            }.ConnectionString;
        }

        return addresses;
    }

    public static async Task Drop(
        string superuser,
        IReadOnlyList<Service> services,
        string prefix,
        CancellationToken ct
    )
    {
        await using var source = NpgsqlDataSource.Create(superuser + ";Pooling=false");
        foreach (var service in services)
        {
            await Run(source, $"""DROP DATABASE IF EXISTS "{prefix}{service.Name}" WITH (FORCE)""", ct);
            await Run(source, $"""DROP ROLE IF EXISTS "{prefix}{service.Name}" """, ct);
        }
    }

    private static async Task<bool> Exists(NpgsqlDataSource source, string query, string name, CancellationToken ct)
    {
        await using var command = source.CreateCommand(query);
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task Run(NpgsqlDataSource source, string statement, CancellationToken ct)
    {
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(ct);
    }
}
