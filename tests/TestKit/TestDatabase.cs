using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace CustomerFeedback.TestKit;

/// <summary>A real database of a test class's own, migrated, dropped when disposed.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private protected TestDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>A clone of the template that holds the context's migrations (made once per run, or once per version of the migrations on a server of one's own).</summary>
    public static async Task<TestDatabase<TContext>> For<TContext>()
        where TContext : DbContext
    {
        var servers = await TestServers.Shared();
        var template = await TemplateDatabase<TContext>.Name();
        var name = $"t_{Guid.CreateVersion7():n}";
        await Sql.Run(servers.Postgres, $"""CREATE DATABASE "{name}" TEMPLATE "{template}" """);
        return new(new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = name }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(ConnectionString);
        await using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);

        var servers = await TestServers.Shared();
        await Sql.Run(servers.Postgres, $"""DROP DATABASE IF EXISTS "{database.Database}" WITH (FORCE)""");
        GC.SuppressFinalize(this);
    }
}

/// <summary>A test database whose schema is <typeparamref name="TContext"/>'s.</summary>
public sealed class TestDatabase<TContext> : TestDatabase
    where TContext : DbContext
{
    internal TestDatabase(string connectionString)
        : base(connectionString) { }

    /// <summary>A context of one's own on this database.</summary>
    public TContext Context() => ContextFactory<TContext>.On(ConnectionString);
}

/// <summary>Makes contexts as the hosts do.</summary>
internal static class ContextFactory<TContext>
    where TContext : DbContext
{
    public static TContext On(string connectionString)
    {
        var options = new DbContextOptionsBuilder<TContext>().UseNpgsql(connectionString).Options;
        return (TContext)Activator.CreateInstance(typeof(TContext), options)!;
    }
}

/// <summary>The migrated database that clones are made of.</summary>
internal static class TemplateDatabase<TContext>
    where TContext : DbContext
{
    // One per kind of context is what is wanted here.
#pragma warning disable S2743
    private static readonly Lazy<Task<string>> Once = new(Make);
#pragma warning restore S2743

    public static Task<string> Name() => Once.Value;

    private static async Task<string> Make()
    {
        var postgres = (await TestServers.Shared()).Postgres;
        var name = $"template_{typeof(TContext).Name.ToLowerInvariant()}_{Hash(postgres)}";

        // One process makes it, the others wait for the lock and find it there.
        await using var alone = new NpgsqlConnection(postgres + ";Pooling=false");
        await alone.OpenAsync();
        await Sql.Run(alone, $"SELECT pg_advisory_lock(hashtextextended('{name}', 0))");
        if (await Sql.Exists(alone, $"SELECT 1 FROM pg_database WHERE datname = '{name}'"))
            return name;

        // Under another name until it is whole, so that a test run killed here leaves no half template.
        var half = $"{name}_half";
        await Sql.Run(alone, $"""DROP DATABASE IF EXISTS "{half}" WITH (FORCE)""");
        await Sql.Run(alone, $"""CREATE DATABASE "{half}" """);
        var address = new NpgsqlConnectionStringBuilder(postgres) { Database = half, Pooling = false };
        await using (var context = ContextFactory<TContext>.On(address.ConnectionString))
        {
            if (context.Database.GetMigrations().Any())
                await context.Database.MigrateAsync();
            else
                await context.Database.EnsureCreatedAsync();
        }

        await Sql.Run(alone, $"""ALTER DATABASE "{half}" RENAME TO "{name}" """);
        return name;
    }

    private static string Hash(string postgres)
    {
        using var context = ContextFactory<TContext>.On(postgres);
        var script = context.Database.GetMigrations().Any()
            ? context.GetService<IMigrator>().GenerateScript()
            : context.Database.GenerateCreateScript();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)).AsSpan(0, 8));
    }
}

/// <summary>Statements on the server itself.</summary>
internal static class Sql
{
    public static async Task Run(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await Run(connection, statement);
    }

    public static async Task Run(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<bool> Exists(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync() is not null;
    }
}
