using CustomerFeedback.Local.Machine;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Local.Servers;

/// <summary>The servers as containers: the last resort, where no programs can be found or installed but a Docker engine runs.</summary>
internal sealed class Containers : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly string _postgres;
    private readonly string _broker;

    private Containers(string name, string postgres, Uri broker)
    {
        (_postgres, _broker) = ($"{name}-postgres", $"{name}-rabbitmq");
        (Postgres, Broker) = (postgres, broker);
    }

    public string Postgres { get; }

    /// <summary>The broker's first virtual host.</summary>
    public Uri Broker { get; }

    public static async Task<bool> AreUsable(CancellationToken ct) =>
        Command.Find("docker") is { } docker
        && (await Command.Try([docker, "version", "--format", "{{.Server.Version}}"], ct: ct)).Code == 0;

    /// <summary>Starts both and waits until both take a login.</summary>
    /// <param name="name">Of the containers; what an earlier, killed start left under it is replaced.</param>
    /// <param name="keepData">In volumes that outlive the containers.</param>
    public static async Task<Containers> Start(
        string name,
        string password,
        IReadOnlyList<string> virtualHosts,
        IReadOnlyList<string> postgresSettings,
        bool keepData,
        CancellationToken ct
    )
    {
        var (postgresPort, brokerPort) = (Ports.Next(54320), Ports.Next(56720));
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = postgresPort,
            Username = "postgres",
            Password = password,
            Database = "postgres",
        };
        var broker = new Uri($"amqp://{RabbitMqServer.User}:{password}@127.0.0.1:{brokerPort}/{virtualHosts[0]}");
        var pair = new Containers(name, address.ConnectionString, broker);
        try
        {
            await pair.Remove();
            await Run(
                pair._postgres,
                postgresPort,
                5432,
                keepData ? "/var/lib/postgresql/data" : null,
                ["-e", $"POSTGRES_PASSWORD={password}", "-e", "POSTGRES_INITDB_ARGS=-E UTF8 --locale=C.UTF-8"],
                ["postgres:17", .. postgresSettings.SelectMany(setting => (string[])["-c", setting])],
                ct
            );
            await Run(
                pair._broker,
                brokerPort,
                5672,
                keepData ? "/var/lib/rabbitmq" : null,
                // The node's name is part of its data.
                [
                    "--hostname",
                    "customerfeedback",
                    "-e",
                    $"RABBITMQ_DEFAULT_USER={RabbitMqServer.User}",
                    "-e",
                    $"RABBITMQ_DEFAULT_PASS={password}",
                    "-e",
                    $"RABBITMQ_DEFAULT_VHOST={virtualHosts[0]}",
                ],
                ["rabbitmq:4"],
                ct
            );
            await pair.AreReady(ct);
            foreach (var virtualHost in virtualHosts.Skip(1))
            {
                await Command.Run(["docker", "exec", pair._broker, "rabbitmqctl", "add_vhost", virtualHost], ct: ct);
                await Command.Run(
                    [
                        "docker",
                        "exec",
                        pair._broker,
                        "rabbitmqctl",
                        "set_permissions",
                        "-p",
                        virtualHost,
                        RabbitMqServer.User,
                        ".*",
                        ".*",
                        ".*",
                    ],
                    ct: ct
                );
            }

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
        // In order: the servers flush before they go.
        await Command.Try(["docker", "stop", _broker, _postgres]);
        await Remove();
    }

    private static Task<string> Run(
        string name,
        int port,
        int inside,
        string? data,
        IReadOnlyList<string> options,
        IReadOnlyList<string> image,
        CancellationToken ct
    )
    {
        string[] volume = data is null ? [] : ["-v", $"{name}:{data}"];
        return Command.Run(
            [
                "docker",
                "run",
                "-d",
                "--name",
                name,
                "-p",
                $"127.0.0.1:{port}:{inside}",
                .. volume,
                .. options,
                .. image,
            ],
            ct: ct
        );
    }

    private Task<Command.Outcome> Remove() => Command.Try(["docker", "rm", "-f", "-v", _broker, _postgres]);

    private async Task AreReady(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        while (!await Answer(limit.Token))
            await Task.Delay(200, limit.Token);
    }

    private async Task<bool> Answer(CancellationToken ct)
    {
        try
        {
            await using var database = new NpgsqlConnection(Postgres + ";Pooling=false");
            await database.OpenAsync(ct);
            await using var connection = await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync(ct);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or BrokerUnreachableException)
        {
            return false;
        }
    }
}
