using System.Text.Json;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;

namespace CustomerFeedback.TestKit;

/// <summary>
/// A real PostgreSQL and a real RabbitMQ, once per test run: the first test process starts them, the last one out has them stopped.
/// Servers of one's own are honoured: TEST_POSTGRES (a connection string that may create databases) and TEST_RABBITMQ (amqp://user:password@host:port)
/// with TEST_RABBITMQ_VHOSTS (comma separated, as many as the tests claim: 40 for a whole run).
/// </summary>
public sealed class TestServers
{
    private static readonly Lazy<Task<TestServers>> Once = new(Obtain);

    private readonly string _broker;
    private readonly string _claims;
    private readonly IReadOnlyList<string> _virtualHosts;

    private TestServers(string postgres, string broker, string claims, IReadOnlyList<string> virtualHosts, int keeper)
    {
        Postgres = postgres;
        Data = TestServersKeeper.Data(keeper);
        (_broker, _claims, _virtualHosts) = (broker, claims, virtualHosts);
    }

    /// <summary>The superuser's connection string.</summary>
    public string Postgres { get; }

    /// <summary>Where servers of a test's own keep their data; cleared with the run.</summary>
    internal string Data { get; }

    public static Task<TestServers> Shared() => Once.Value;

    /// <summary>A virtual host that nobody else in this run has.</summary>
    internal async Task<Uri> ClaimVirtualHost()
    {
        using var alone = await FileLock.Take(_claims + ".lock");
        var claimed = File.Exists(_claims) ? await File.ReadAllLinesAsync(_claims) : [];
        if (claimed.Length >= _virtualHosts.Count)
            throw new LocalRunException($"All {_virtualHosts.Count} virtual hosts of the test broker are taken.");

        var name = _virtualHosts[claimed.Length];
        await File.AppendAllLinesAsync(_claims, [name]);
        return new Uri($"{_broker.TrimEnd('/')}/{Uri.EscapeDataString(name)}");
    }

    private static async Task<TestServers> Obtain()
    {
        var home = Path.Combine(Checkout.Root, ".local", "tests");
        Directory.CreateDirectory(TestServersKeeper.Users(home));
        var ownPostgres = Environment.GetEnvironmentVariable("TEST_POSTGRES");
        var ownBroker = Environment.GetEnvironmentVariable("TEST_RABBITMQ");
        if (ownPostgres is not null && ownBroker is not null)
            return new(ownPostgres, ownBroker, Claims(home, ownBroker), OwnVirtualHosts(), Environment.ProcessId);

        using var alone = await FileLock.Take(TestServersKeeper.LockFile(home));
        var me = ProcessTable.Mark(Environment.ProcessId)!;
        WholeFile.Write(Path.Combine(TestServersKeeper.Users(home), $"{me.Pid}.json"), JsonSerializer.Serialize(me));
        var address = Read(home) ?? await Start(home);
        return new(
            ownPostgres ?? address.Postgres,
            ownBroker ?? address.Broker,
            Claims(home, ownBroker ?? address.Broker),
            ownBroker is null ? address.VirtualHosts : OwnVirtualHosts(),
            address.Keeper.Pid
        );
    }

    private static string[] OwnVirtualHosts() =>
        Environment
            .GetEnvironmentVariable("TEST_RABBITMQ_VHOSTS")
            ?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        ?? throw new LocalRunException(
            "TEST_RABBITMQ is set, TEST_RABBITMQ_VHOSTS is not: name the virtual hosts that the tests may claim, 40 for a whole run."
        );

    // One list per broker and, where we do not know when its run began, per run of `dotnet test` at most: claims of the dead are not reused.
    private static string Claims(string home, string broker) => Path.Combine(home, $"vhosts-{new Uri(broker).Port}");

    private static TestServersKeeper.Address? Read(string home)
    {
        var file = TestServersKeeper.AddressFile(home);
        var address = File.Exists(file)
            ? JsonSerializer.Deserialize<TestServersKeeper.Address>(File.ReadAllText(file))
            : null;
        return address is { Keeper.IsAlive: true } ? address : null;
    }

    private static async Task<TestServersKeeper.Address> Start(string home)
    {
        File.Delete(TestServersKeeper.AddressFile(home));
        File.Delete(TestServersKeeper.FailureFile(home));
        foreach (var claims in Directory.EnumerateFiles(home, "vhosts-*"))
            File.Delete(claims);

        using var keeper = Detached.Start(
            [DotNet.Host, Checkout.Dll("deploy/local", "Local"), "keep-test-servers", home],
            Path.Combine(home, "keeper.log"),
            home
        );
        while (true)
        {
            if (Read(home) is { } address)
                return address;

            if (keeper.HasExited)
            {
                var failure = TestServersKeeper.FailureFile(home);
                throw new LocalRunException(
                    $"The test servers did not start.\n{(File.Exists(failure) ? await File.ReadAllTextAsync(failure) : keeper.Tail())}"
                );
            }

            await Task.Delay(50);
        }
    }
}
