using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Servers;

/// <summary>The files and the environment that make a RabbitMQ node private.</summary>
internal static class RabbitMqFiles
{
    // The name is part of the stored data, so it never changes; an epmd per node keeps equal names apart.
    private const string Node = "customerfeedback@localhost";
    private static readonly string[] Administrator = ["administrator"];

    public static void Write(RabbitMqPlan plan, Account? account)
    {
        foreach (var folder in (string[])["data", "log", "schema", "generated"])
            DataHome.Owned(Path.Combine(plan.Home, folder), account);

        Put(plan, ".erlang.cookie", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), account, replace: false);
        Put(plan, "enabled_plugins", "[].\n", account);
        Put(plan, "rabbitmq-env.conf", "", account);
        Put(plan, "advanced.config", "[].\n", account);
        Put(plan, "definitions.json", Definitions(plan), account);
        Put(
            plan,
            "rabbitmq.conf",
            $"""
            load_definitions = {Path.Combine(plan.Home, "definitions.json")}
            log.file = node.log
            log.file.level = info
            log.console = false
            disk_free_limit.absolute = 256MB

            """,
            account
        );
    }

    public static Dictionary<string, string> Environment(
        RabbitMqPlan plan,
        int port,
        int epmdPort,
        int distributionPort
    ) =>
        new(StringComparer.Ordinal)
        {
            ["HOME"] = plan.Home, // of the cookie
            ["LANG"] = "C.UTF-8",
            ["LC_ALL"] = "C.UTF-8",
            ["ERL_EPMD_PORT"] = $"{epmdPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = Node,
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
            ["RABBITMQ_HOME_DIR"] = plan.Home,
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(plan.Home, "rabbitmq-env.conf"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(plan.Home, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(plan.Home, "advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(plan.Home, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(plan.Home, "data"),
            ["RABBITMQ_MNESIA_DIR"] = Path.Combine(plan.Home, "data", "node"),
            ["RABBITMQ_SCHEMA_DIR"] = Path.Combine(plan.Home, "schema"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(plan.Home, "generated"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(plan.Home, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(plan.Home, "node.pid"),
            // Distribution on loopback only; idle schedulers sleep instead of spinning beside the services on the same few cores.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
        };

    private static string Definitions(RabbitMqPlan plan)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        byte[] hash = [.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(plan.Password)])];
        return JsonSerializer.Serialize(
            new
            {
                users = new[]
                {
                    new
                    {
                        name = RabbitMqServer.User,
                        password_hash = Convert.ToBase64String(hash),
                        hashing_algorithm = "rabbit_password_hashing_sha256",
                        tags = Administrator,
                    },
                },
                vhosts = plan.VirtualHosts.Select(name => new { name }),
                permissions = plan.VirtualHosts.Select(vhost => new
                {
                    user = RabbitMqServer.User,
                    vhost,
                    configure = ".*",
                    write = ".*",
                    read = ".*",
                }),
            }
        );
    }

    private static void Put(RabbitMqPlan plan, string name, string text, Account? account, bool replace = true)
    {
        var path = Path.Combine(plan.Home, name);
        if (!replace && File.Exists(path))
            return;

        if (File.Exists(path))
            File.Delete(path);

        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        if (account is not null)
            Native.Own(path, account);
    }
}
