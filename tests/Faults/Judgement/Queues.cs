using CustomerFeedback.Contracts;
using RabbitMQ.Client;

namespace CustomerFeedback.Faults.Judgement;

/// <summary>What waits in the broker: nothing may, neither for consumers nor among what they gave up.</summary>
internal static class Queues
{
    public static async Task<long> Waiting()
    {
        var factory = new ConnectionFactory { Uri = LocalSystem.Broker, AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var waiting = 0L;
        foreach (var queue in EventTable.Rows.SelectMany(row => row.Queues).Distinct(StringComparer.Ordinal))
        {
            foreach (var one in (string[])[queue, $"{queue}_error", $"{queue}_skipped"])
                waiting += await channel.MessageCountAsync(one);
        }

        return waiting;
    }
}
