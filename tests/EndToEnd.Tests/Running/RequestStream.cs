using System.Collections.Concurrent;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>A stream of requests while something breaks; afterwards every accepted number has exactly one ticket.</summary>
internal sealed class RequestStream(RunningSystem system, Shop shop, int count)
{
    private readonly string _name = $"{Guid.CreateVersion7():n}";
    private readonly ConcurrentDictionary<string, string> _numbers = new();

    public int AcceptedSoFar => _numbers.Count;

    private string[] ExternalIds => [.. Enumerable.Range(1, count).Select(n => $"{_name}-{n}")];

    public Task Run(int atOnce = 8) =>
        Parallel.ForEachAsync(
            ExternalIds,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (id, _) => _numbers[id] = (await shop.Accepted(Shop.Request(id))).GetProperty("number").GetString()!
        );

    public Task Reaches(int accepted) => Eventually.That(() => AcceptedSoFar >= accepted, TimeSpan.FromSeconds(180));

    public async Task EveryRequestHasExactlyOneTicket()
    {
        var numbers = _numbers.Values.ToList();
        numbers.Count.ShouldBe(count);
        numbers.Distinct().Count().ShouldBe(count);
        (await Count.Requests(system, ExternalIds)).ShouldBe(count);
        await Eventually.That(
            async () => (await Count.Tickets(system, numbers)).ShouldBe(count),
            within: TimeSpan.FromSeconds(180)
        );
        foreach (var service in Service.All)
            (await shop.DeadLetters(service.Name)).GetProperty("items").GetArrayLength().ShouldBe(0, service.Name);
    }
}
