using CustomerFeedback.Local.Access;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Servers;

/// <summary>The local run's PostgreSQL and RabbitMQ: given ones, or private ones that are started, kept alive and stopped with the run.</summary>
internal sealed class ServerPair : IAsyncDisposable
{
    /// <summary>Durable as in production (fsync is on by default and stays on); only sized for a workstation with many replicas.</summary>
    private static readonly string[] PostgresSettings =
    [
        "max_connections=500",
        "shared_buffers=256MB",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=2GB",
    ];

    private readonly string _data;
    private readonly RunRecord _record;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _supervision = [];
    private PostgresServer? _postgres;
    private RabbitMqServer? _broker;
    private Containers? _containers;

    private ServerPair(string data, RunRecord record, Action<string> say) =>
        (_data, _record, _say) = (data, record, say);

    /// <summary>A server was started again: it has another process number now.</summary>
    public Action Changed { get; set; } = () => { };

    public string Postgres { get; private set; } = "";

    public Uri Broker { get; private set; } = null!;

    /// <summary>Null for a server that was given to us.</summary>
    public int? PostgresPid => _postgres?.Process.Mark.Pid;

    public int? BrokerPid => _broker?.NodePid;

    /// <summary>Starts both, or takes what LOCAL_POSTGRES and LOCAL_RABBITMQ name.</summary>
    /// <param name="data">Where private servers keep their data, under <see cref="DataHome"/>; empty for the local run's own.</param>
    public static async Task<ServerPair> Start(
        Secrets secrets,
        string data,
        RunRecord record,
        Action<string> say,
        CancellationToken ct
    )
    {
        var pair = new ServerPair(data, record, say);
        try
        {
            await pair.Start(secrets, ct);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_supervision);
        await Task.WhenAll(_postgres?.Stop() ?? Task.CompletedTask, _broker?.Stop() ?? Task.CompletedTask);
        if (_containers is not null)
            await _containers.DisposeAsync();

        _stopping.Dispose();
    }

    private async Task Start(Secrets secrets, CancellationToken ct)
    {
        var givenPostgres = Environment.GetEnvironmentVariable("LOCAL_POSTGRES");
        var givenBroker = Environment.GetEnvironmentVariable("LOCAL_RABBITMQ");
        var found = givenPostgres is null || givenBroker is null ? await ServerSetup.Obtain(_say, ct) : new("", "");
        if (found is null)
        {
            _say("starting PostgreSQL and RabbitMQ as containers");
            _containers = await Containers.Start(
                $"customerfeedback-{Checkout.Key}{_data}",
                secrets.ServerPassword,
                ["customerfeedback"],
                PostgresSettings,
                keepData: true,
                ct
            );
            Postgres = givenPostgres ?? _containers.Postgres;
            Broker = givenBroker is null ? _containers.Broker : new Uri(givenBroker);
            return;
        }

        var tasks = new List<Task>();
        if (givenPostgres is not null)
            Postgres = givenPostgres;
        else
            tasks.Add(StartPostgres(found.Postgres, secrets.ServerPassword, ct));

        if (givenBroker is not null)
            Broker = new Uri(givenBroker);
        else
            tasks.Add(StartBroker(found.RabbitMq, secrets.ServerPassword, ct));

        await Task.WhenAll(tasks);
    }

    private async Task StartPostgres(string binaries, string password, CancellationToken ct)
    {
        var plan = new PostgresPlan(
            binaries,
            DataHome.For(Path.Combine(_data, "postgres")),
            password,
            54320,
            PostgresSettings
        );
        ProcessTable.KillServersUnder(plan.Home);
        _say($"starting PostgreSQL ({binaries})");
        _postgres = await PostgresServer.Start(plan, ct);
        Postgres = _postgres.ConnectionString;
        _record.Add("postgres", _postgres.Process.Mark);
        _supervision.Add(
            Supervise(
                "PostgreSQL",
                () => _postgres.Process.Exited,
                async again =>
                {
                    Ports.GiveBack(_postgres.Port);
                    _postgres = await PostgresServer.Start(plan with { Port = _postgres.Port }, again);
                    _record.Add("postgres", _postgres.Process.Mark);
                }
            )
        );
    }

    private async Task StartBroker(string binaries, string password, CancellationToken ct)
    {
        var plan = new RabbitMqPlan(
            binaries,
            DataHome.For(Path.Combine(_data, "rabbitmq")),
            password,
            56720,
            ["customerfeedback"]
        );
        ProcessTable.KillServersUnder(plan.Home);
        _say($"starting RabbitMQ ({binaries})");
        _broker = await RabbitMqServer.Start(plan, ct);
        Broker = _broker.Address("customerfeedback");
        Record();
        _supervision.Add(
            Supervise(
                "RabbitMQ",
                () => _broker.Process.Exited,
                async again =>
                {
                    await _broker.Kill(); // what is left of it, its epmd too
                    _broker = await RabbitMqServer.Start(plan with { Port = _broker.Port }, again);
                    Record();
                }
            )
        );

        void Record()
        {
            _record.Add("rabbitmq", _broker.Process.Mark);
            _record.Add("epmd", _broker.Epmd.Mark);
        }
    }

    private async Task Supervise(string name, Func<Task> exited, Func<CancellationToken, Task> startAgain)
    {
        try
        {
            while (true)
            {
                await exited().WaitAsync(_stopping.Token);
                _say($"{name} ended; starting it again");
                await Task.Delay(TimeSpan.FromSeconds(1), _stopping.Token);
                try
                {
                    await startAgain(_stopping.Token);
                    Changed();
                }
                catch (LocalRunException e)
                {
                    _say($"{name}: {e.Message}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // being stopped
        }
    }
}
