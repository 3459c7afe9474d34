using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Servers;

/// <summary>Makes sure that the servers' programs are on this machine.</summary>
internal static class ServerSetup
{
    public sealed record Found(string Postgres, string RabbitMq);

    /// <summary>The folders of the programs; null when there are none, but a Docker engine that can run them.</summary>
    public static async Task<Found?> Obtain(Action<string> say, CancellationToken ct)
    {
        var postgres = await ServerBinaries.Postgres(ct);
        var rabbitMq = ServerBinaries.RabbitMq();
        string[] missing =
        [
            .. postgres is null ? (string[])["postgresql"] : [],
            .. rabbitMq is null ? (string[])["rabbitmq-server"] : [],
        ];
        if (missing.Length > 0 && Apt.IsUsable)
        {
            await Apt.Install(missing, say, ct);
            postgres ??= await ServerBinaries.Postgres(ct);
            rabbitMq ??= ServerBinaries.RabbitMq();
        }

        if (postgres is not null && rabbitMq is not null)
            return new(postgres, rabbitMq);

        return await Containers.AreUsable(ct)
            ? null
            : throw new LocalRunException(WhatToInstall(postgres is null, rabbitMq is null));
    }

    private static string WhatToInstall(bool postgres, bool rabbitMq)
    {
        var servers = new[]
        {
            postgres ? $"PostgreSQL {ServerBinaries.OldestPostgres} or newer (package postgresql)" : null,
            rabbitMq ? $"RabbitMQ {ServerBinaries.OldestRabbitMq} or newer (package rabbitmq-server)" : null,
        }.Where(name => name is not null);
        var packages = string.Join(
            ' ',
            new[] { postgres ? "postgresql" : null, rabbitMq ? "rabbitmq-server" : null }.Where(p => p is not null)
        );
        return $"""
            Missing on this machine: {string.Join(" and ", servers)}.
            On Debian or Ubuntu:  sudo apt-get update && sudo apt-get install --no-install-recommends {packages}
            (their own services may stay off: sudo systemctl disable --now {packages}).
            """;
    }
}
