using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults;

/// <summary>Something that happens to a running system.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="What">What is done, for people.</param>
/// <param name="Do">Returns when the harm is over.</param>
internal sealed record Injury(string Name, string What, Func<Task> Do)
{
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;

    public static IReadOnlyList<Injury> All { get; } =
    [
        new("kill-intake", "kill -9 of one Intake process", () => End("intake")),
        new("kill-ticketing", "kill -9 of one Ticketing process", () => End("ticketing")),
        new("kill-gateway", "kill -9 of the gateway at the known address", () => End("gateway")),
        new("kill-all", "kill -9 of every Intake and Ticketing process", EndAll),
        new("freeze-ticketing", "one Ticketing process stands still for 45 s, longer than its leases", Freeze),
        new("kill-broker", "kill -9 of RabbitMQ", () => Signal(LocalSystem.ServerPid("rabbitmq"), Kill)),
        new("hang-broker", "RabbitMQ stands still for 60 s", HangBroker),
        new(
            "kill-postgres",
            "kill -9 of PostgreSQL's postmaster",
            () => Signal(LocalSystem.ServerPid("postgres"), Kill)
        ),
    ];

    public static Injury? Find(string name) => All.FirstOrDefault(injury => injury.Name == name);

    private static Task End(string service) => Signal(LocalSystem.Pids(service)[0], Kill);

    private static async Task EndAll()
    {
        foreach (var pid in LocalSystem.Pids("intake").Concat(LocalSystem.Pids("ticketing")))
            await Signal(pid, Kill);
    }

    private static Task Freeze() => Hold(LocalSystem.Pids("ticketing")[0], TimeSpan.FromSeconds(45));

    private static Task HangBroker() => Hold(LocalSystem.ServerPid("rabbitmq"), TimeSpan.FromSeconds(60));

    private static async Task Hold(int pid, TimeSpan time)
    {
        await Signal(pid, Stop);
        await Task.Delay(time);
        await Signal(pid, Continue);
    }

    private static Task Signal(int pid, int signal)
    {
        Native.Signal(pid, signal);
        return Task.CompletedTask;
    }
}
