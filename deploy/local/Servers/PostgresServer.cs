using CustomerFeedback.Local.Machine;
using Npgsql;

namespace CustomerFeedback.Local.Servers;

/// <summary>How a private PostgreSQL is to be run.</summary>
/// <param name="Binaries">The folder of its programs.</param>
/// <param name="Home">Its data and its log; made when missing, kept when there.</param>
/// <param name="Password">Of the superuser <c>postgres</c>.</param>
/// <param name="Port">The wanted port; the next free one is taken.</param>
/// <param name="Settings">Server settings as <c>name=value</c>.</param>
internal sealed record PostgresPlan(
    string Binaries,
    string Home,
    string Password,
    int Port,
    IReadOnlyList<string> Settings
);

/// <summary>A private PostgreSQL on loopback.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Detached _process;

    private PostgresServer(Detached process, int port, string password)
    {
        _process = process;
        Port = port;
        ConnectionString = Address(port, password);
    }

    public int Port { get; }

    /// <summary>The superuser's connection to the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    public Detached Process => _process;

    public static async Task<PostgresServer> Start(PostgresPlan plan, CancellationToken ct)
    {
        var account = Account.ForServer("postgres");
        DataHome.Owned(plan.Home, account);
        var data = Path.Combine(plan.Home, "data");
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
            await Create(plan, data, account, ct);

        await EndStray(data);

        var attempt = 0;
        while (true)
        {
            attempt++;
            var port = Ports.Next(plan.Port);
            var process = Detached.Start(
                [Path.Combine(plan.Binaries, "postgres"), "-D", data, .. Arguments(plan.Settings, port)],
                Path.Combine(plan.Home, "postgres.log"),
                plan.Home,
                account: account
            );
            var server = new PostgresServer(process, port, plan.Password);
            try
            {
                if (await server.IsReady(ct))
                    return server;
            }
            catch
            {
                await server.Stop();
                throw;
            }

            // Another program may have taken the port between our look and the server's.
            var why = process.Tail();
            server.Dispose();
            if (attempt == 5 || !why.Contains("could not bind", StringComparison.Ordinal))
                throw new LocalRunException($"PostgreSQL did not start; {process.Log} ends with:\n{why}");
        }
    }

    /// <summary>Fast shutdown: connections are cut, committed work is on disk.</summary>
    public async Task Stop()
    {
        await _process.Stop(Native.Interrupt, TimeSpan.FromSeconds(20));
        Dispose();
    }

    /// <summary>For data that nobody needs again.</summary>
    public async Task Kill()
    {
        await _process.Stop(Native.Kill, TimeSpan.Zero);
        Dispose();
    }

    public void Dispose()
    {
        Ports.GiveBack(Port);
        _process.Dispose();
    }

    private static string Address(int port, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
        }.ConnectionString;

    private static IEnumerable<string> Arguments(IReadOnlyList<string> settings, int port) =>
        new[]
        {
            $"port={port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=", // a path in a deep folder would be too long, and nobody uses it
            "logging_collector=off",
            "timezone=UTC",
        }
            .Concat(settings)
            .SelectMany(setting => (string[])["-c", setting]);

    private static async Task Create(PostgresPlan plan, string data, Account? account, CancellationToken ct)
    {
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true); // a creation that was interrupted: PG_VERSION is written early, but be sure

        var half = Path.Combine(plan.Home, "data-in-the-making");
        if (Directory.Exists(half))
            Directory.Delete(half, recursive: true);

        var secret = Path.Combine(plan.Home, "password");
        await File.WriteAllTextAsync(secret, plan.Password, ct);
        if (account is not null)
            Native.Own(secret, account);

        await Command.Run(
            [
                .. account?.Prefix ?? [],
                Path.Combine(plan.Binaries, "initdb"),
                .. (string[])["-D", half, "-U", "postgres", "--pwfile", secret, "-E", "UTF8", "--locale=C.UTF-8"],
                .. (string[])["--auth=scram-sha-256", "--no-instructions", "--no-sync"],
            ],
            folder: plan.Home,
            ct: ct
        );
        File.Delete(secret);
        Directory.Move(half, data); // complete or not there at all
    }

    /// <summary>Ends a server that an earlier, killed run left on this data.</summary>
    private static async Task EndStray(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file))
            return;

        if (
            int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid)
            && ProcessTable.CommandLine(pid).Contains($"-D {data} ", StringComparison.Ordinal)
        )
        {
            Native.Signal(pid, Native.Interrupt);
            await Detached.Ended(pid, TimeSpan.FromSeconds(20));
        }

        // Else the number belongs to another program by now, which would keep the server from starting.
        File.Delete(file);
    }

    private async Task<bool> IsReady(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        while (!_process.HasExited)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
                await connection.OpenAsync(limit.Token);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, limit.Token); // not listening yet, or still recovering
            }
        }

        return false;
    }
}
