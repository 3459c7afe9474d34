using CustomerFeedback.Local.Machine;
using RabbitMQ.Client;

namespace CustomerFeedback.Benchmarks;

/// <summary>Ticketing's processes stand still, and what came in meanwhile is thrown away at the end instead of being worked off.</summary>
internal sealed class Standstill : IDisposable
{
    private const string Queue = "ticketing-open-ticket-on-request-received";
    private readonly MeasuredSystem system;

    public Standstill(MeasuredSystem system)
    {
        this.system = system;
        Signal(Native.Stop);
    }

    public async Task End(CancellationToken ct)
    {
        await Tickets.Sent(system, ct);
        await using var connection = await new ConnectionFactory { Uri = system.Broker }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.QueuePurgeAsync(Queue, ct);
        Dispose();
        // What Ticketing had fetched before comes back once its lost connection is noticed, and is worked off.
        await Tickets.Settled(system, ct);
    }

    public void Dispose() => Signal(Native.Continue);

    private void Signal(int signal)
    {
        foreach (var pid in system.Ticketing)
            Native.Signal(pid, signal);
    }
}
