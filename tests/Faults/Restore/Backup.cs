using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Launch;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using Npgsql;

namespace CustomerFeedback.Faults.Restore;

/// <summary>One service's database, dumped and restored as the run book says, with the server's own programs.</summary>
internal sealed class Backup
{
    private readonly string _programs;
    private readonly Site _site;
    private readonly Service _service;
    private readonly string _file;

    private Backup(string programs, Site site, Service service, string file) =>
        (_programs, _site, _service, _file) = (programs, site, service, file);

    /// <summary>When the dump began, by the server's clock: everything that was committed earlier is in it.</summary>
    public DateTimeOffset Since { get; private init; }

    /// <summary>Dumps the database while it is in use.</summary>
    public static async Task<Backup> Take(Site site, string service, string file, CancellationToken ct)
    {
        var postgres =
            await ServerBinaries.Postgres(ct)
            ?? throw new LocalRunException("Backups need PostgreSQL's programs on this machine.");
        var backup = new Backup(postgres, site, Service.All.Single(s => s.Name == service), file)
        {
            Since = await Now(site, ct),
        };
        File.Delete(file);
        await backup.Run("pg_dump", ct, "--format=custom", "--file", file, service);
        return backup;
    }

    /// <summary>The database is lost: nothing of it is left.</summary>
    public async Task Lose(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(_site.Postgres + ";Pooling=false");
        await using var drop = source.CreateCommand($"""DROP DATABASE "{_service.Name}" WITH (FORCE)""");
        await drop.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Makes the database anew, for the same role, and brings back what was dumped.</summary>
    public async Task Restore(CancellationToken ct)
    {
        var owner = new NpgsqlConnectionStringBuilder(_site.Databases[_service]);
        await Databases.Ensure(_site.Postgres, [_service], owner.Password!, "", ct);
        string[] asInTheRunBook = ["--no-owner", "--no-acl", $"--role={owner.Username}", "--exit-on-error"];
        await Run("pg_restore", ct, [.. asInTheRunBook, $"--dbname={_service.Name}", _file]);
    }

    private static async Task<DateTimeOffset> Now(Site site, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(site.Postgres + ";Pooling=false");
        await using var ask = source.CreateCommand("SELECT now()");
        return new((DateTime)(await ask.ExecuteScalarAsync(ct))!);
    }

    private Task<string> Run(string program, CancellationToken ct, params string[] words)
    {
        var superuser = new NpgsqlConnectionStringBuilder(_site.Postgres);
        var server = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = superuser.Host!,
            ["PGPORT"] = $"{superuser.Port}",
            ["PGUSER"] = superuser.Username!,
            ["PGPASSWORD"] = superuser.Password!,
        };
        return Command.Run([Path.Combine(_programs, program), .. words], server, ct: ct);
    }
}
