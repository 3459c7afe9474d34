using CustomerFeedback.Faults.Evidence;

namespace CustomerFeedback.Faults.Injuries;

/// <summary>Something that happens to a running system.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="What">What is done, for people.</param>
/// <param name="Do">Returns when the harm is over.</param>
/// <param name="Proofs">Each of them must be seen, else the fault did not bite and the run says nothing.</param>
internal sealed record Injury(string Name, string What, Func<Scene, Task> Do, params Proof[] Proofs)
{
    private static readonly string[] Services = ["intake", "ticketing", "survey", "analytics", "notifications"];

    /// <summary>Longer than the leases of relays, shorter than anybody's patience.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(45);

    public static IReadOnlyList<Injury> All { get; } =
    [
        Kill("intake", Proof.ToldNothing),
        Kill("ticketing", Proof.Redelivered),
        Kill("survey", Proof.FeltByAnybody),
        Kill("analytics", Proof.Redelivered),
        Kill("notifications", Proof.FeltByAnybody),
        Kill("gateway", Proof.ToldNothing),
        new(
            "kill-all",
            "kill -9 of every process of the five services at once",
            Half(s => Processes.Kill(s.Traces, Services)),
            Proof.Died,
            Proof.ToldNothing,
            Proof.Redelivered
        ),
        Freeze("ticketing", Proof.ToldNothing),
        Freeze("survey", Proof.ToldNothing),
        Freeze("analytics", Proof.StoodStill),
        Freeze("notifications", Proof.StoodStill),
        new(
            "kill-broker",
            "kill -9 of RabbitMQ",
            Half(s => Processes.KillServer(s.Traces, "rabbitmq")),
            Proof.Died,
            Proof.FeltByAnybody
        ),
        new(
            "hang-broker",
            "RabbitMQ stands still for 60 s",
            Half(s => Processes.Hold(s.Traces, LocalSystem.ServerPid("rabbitmq"), TimeSpan.FromSeconds(60))),
            Proof.StoodStill,
            Proof.Resent
        ),
        new(
            "kill-postgres",
            "kill -9 of PostgreSQL's postmaster",
            Half(s => Processes.KillServer(s.Traces, "postgres")),
            Proof.Died,
            Proof.ToldNothing
        ),
        new(
            "duplicate",
            "every event is delivered three times to each of its consumers, within two seconds",
            s => Detour.Through(s, copies: 3, TimeSpan.FromSeconds(2)),
            Proof.Copied,
            Proof.CopiesDeduped
        ),
        new(
            "shuffle",
            "every event is held up for up to eight seconds on its way to each of its consumers, each time by chance",
            s => Detour.Through(s, copies: 1, TimeSpan.FromSeconds(8)),
            Proof.Overtaken
        ),
    ];

    public static Injury? Find(string name) => All.FirstOrDefault(injury => injury.Name == name);

    private static Injury Kill(string service, Proof felt) =>
        new(
            $"kill-{service}",
            $"one {service} process stands still for a second and is killed (-9): what it has taken is never answered",
            Half(s => Processes.StunAndKill(s.Traces, service)),
            Proof.Died,
            felt
        );

    private static Injury Freeze(string service, Proof felt) =>
        new(
            $"freeze-{service}",
            $"one {service} process stands still for {Long.TotalSeconds:0} s and then goes on",
            Half(s => Processes.Hold(s.Traces, LocalSystem.Pids(service)[0], Long)),
            Proof.StoodStill,
            felt
        );

    private static Func<Scene, Task> Half(Func<Scene, Task> harm) =>
        async scene =>
        {
            await scene.HalfWay;
            await harm(scene);
        };
}
