using System.Security.Cryptography;
using System.Text.Json;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Servers;

/// <summary>
/// Holds the test run's servers: started by the first test process, gone when the last one is. It counts living processes, not calls,
/// so a test process that is killed is counted as gone too.
/// </summary>
internal static class TestServersKeeper
{
    /// <summary>What test processes read: where the servers are.</summary>
    public sealed record Address(
        ProcessMark Keeper,
        string Postgres,
        string Broker,
        IReadOnlyList<string> VirtualHosts
    );

    /// <summary>Enough for all test classes and tests that claim one.</summary>
    private const int VirtualHostCount = 40;

    // Only here: a test's data lives for seconds and its machine's power supply is not what is tested. The local run keeps fsync on.
    private static readonly string[] Throwaway =
    [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_connections=600",
        "shared_buffers=256MB",
        "autovacuum_naptime=10s",
    ];

    public static string LockFile(string home) => Path.Combine(home, "lock");

    public static string AddressFile(string home) => Path.Combine(home, "servers.json");

    public static string FailureFile(string home) => Path.Combine(home, "failure.txt");

    /// <summary>A test process signs in by a file that bears its mark.</summary>
    public static string Users(string home) => Path.Combine(home, "users");

    /// <summary>The data of a keeper's servers.</summary>
    public static string Data(int keeper) => Path.Combine(DataHome.For("test-servers"), $"{keeper}");

    /// <summary>Whole systems that tests have started, a folder each; a killed test leaves its processes to us.</summary>
    public static string Systems(string home) => Path.Combine(home, "systems");

    public static async Task<int> Run(string home)
    {
        PostgresServer? postgres = null;
        RabbitMqServer? broker = null;
        Containers? containers = null;
        var data = Data(Environment.ProcessId);
        try
        {
            Clean(Path.GetDirectoryName(data)!);
            var found = await ServerSetup.Obtain(Console.WriteLine, CancellationToken.None);
            var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var hosts = Enumerable.Range(1, VirtualHostCount).Select(n => $"test-{n:00}").ToList();
            if (found is null)
            {
                var name = $"customerfeedback-{Checkout.Key}-tests";
                containers = await Containers.Start(
                    name,
                    password,
                    hosts,
                    Throwaway,
                    keepData: false,
                    CancellationToken.None
                );
                await Serve(home, containers.Postgres, containers.Broker, hosts);
                return 0;
            }

            var starting = PostgresServer.Start(
                new(
                    found.Postgres,
                    Path.Combine(data, "postgres"),
                    password,
                    Random.Shared.Next(20_000, 24_000),
                    Throwaway
                ),
                CancellationToken.None
            );
            var brokerPlan = new RabbitMqPlan(
                found.RabbitMq,
                Path.Combine(data, "rabbitmq"),
                password,
                Random.Shared.Next(24_000, 28_000),
                hosts
            );
            broker = await RabbitMqServer.Start(brokerPlan, CancellationToken.None);
            postgres = await starting;

            await Serve(home, postgres.ConnectionString, broker.Address(hosts[0]), hosts);
            return 0;
        }
        catch (Exception e)
        {
            WholeFile.Write(FailureFile(home), e is LocalRunException ? e.Message : e.ToString());
            return 1;
        }
        finally
        {
            File.Delete(AddressFile(home));
            if (broker is not null)
                await broker.Kill();
            if (postgres is not null)
                await postgres.Kill();
            if (containers is not null)
                await containers.DisposeAsync();
            foreach (var system in Directory.Exists(Systems(home)) ? Directory.GetDirectories(Systems(home)) : [])
                await RunRecord.EndLeftovers(system);
            ProcessTable.KillServersUnder(data); // of tests that were killed while they had a server of their own
            if (Directory.Exists(data))
                Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Tells the test processes where the servers are, and waits until the last of them has gone.</summary>
    private static Task Serve(string home, string postgres, Uri broker, List<string> virtualHosts)
    {
        var me = ProcessTable.Mark(Environment.ProcessId)!;
        var address = new Address(me, postgres, broker.GetLeftPart(UriPartial.Authority), virtualHosts);
        WholeFile.Write(AddressFile(home), JsonSerializer.Serialize(address));
        return NobodyIsLeft(home);
    }

    private static async Task NobodyIsLeft(string home)
    {
        while (true)
        {
            await Task.Delay(200);
            if (AnyUser(home) || FileLock.TryTake(LockFile(home)) is not { } alone)
                continue; // or somebody is signing in just now

            using (alone)
            {
                if (AnyUser(home))
                    continue;

                File.Delete(AddressFile(home)); // from here on the next one starts servers of its own
                return;
            }
        }
    }

    private static bool AnyUser(string home)
    {
        var any = false;
        foreach (var file in Directory.EnumerateFiles(Users(home), "*.json"))
        {
            if (JsonSerializer.Deserialize<ProcessMark>(File.ReadAllText(file)) is { IsAlive: true })
                any = true;
            else
                File.Delete(file);
        }

        return any;
    }

    private static void Clean(string parent)
    {
        // What a killed keeper left: its servers still run, in sessions whose data lies here.
        foreach (var folder in Directory.EnumerateDirectories(parent))
        {
            if (
                int.TryParse(Path.GetFileName(folder), out var keeper)
                && ProcessTable.CommandLine(keeper).Contains("keep-test-servers", StringComparison.Ordinal)
            )
                continue;

            ProcessTable.KillServersUnder(folder);
            Directory.Delete(folder, recursive: true);
        }
    }
}
