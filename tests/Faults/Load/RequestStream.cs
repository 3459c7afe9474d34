using System.Diagnostics;

namespace CustomerFeedback.Faults.Load;

/// <summary>
/// Posts requests at a fixed rate, whatever becomes of the ones before. Every third is followed to its customer's answer; the others
/// are left alone and climb the ladder.
/// </summary>
internal sealed class RequestStream(Sender sender, Ledger ledger, int perSecond, TimeSpan duration)
{
    private const int EveryJourney = 3;
    private const int EveryReplay = 5;
    private readonly TaskCompletionSource _halfWay = new();
    private volatile bool _isOver;

    /// <summary>The stream has run for half of its time.</summary>
    public Task HalfWay => _halfWay.Task;

    /// <summary>No further request; what is under way is played to its end.</summary>
    public void End() => _isOver = true;

    public async Task Play()
    {
        var clock = Stopwatch.StartNew();
        var all = (int)(perSecond * duration.TotalSeconds);
        var under = new List<Task>(all);
        for (var place = 0; place < all && !_isOver; place++)
        {
            var early = TimeSpan.FromSeconds((double)place / perSecond) - clock.Elapsed;
            if (early > TimeSpan.Zero)
                await Task.Delay(early);
            under.Add(Follow(place, ledger.Mean()));
            if (place == all / 2)
                _halfWay.SetResult();
        }

        await Task.WhenAll(under);
    }

    /// <summary>When all is over: what was accepted once is answered as it was then.</summary>
    public async Task Replay()
    {
        foreach (var (externalId, _) in ledger.Requests.Where((_, at) => at % EveryReplay == 0))
        {
            if (await Post(externalId, PlaceOf(externalId)) is { } number)
                ledger.Replay(externalId, number);
        }
    }

    private async Task Follow(int place, string externalId)
    {
        if (await Post(externalId, place) is not { } number)
            return;
        ledger.Requests[externalId] = number;
        if (place % EveryJourney == 0)
            await new Journey(sender, ledger, place / EveryJourney).Play(number);
        else
            ledger.Probes.Add(number);
    }

    private async Task<string?> Post(string externalId, int place)
    {
        var request =
            place % EveryJourney == 0 ? Journey.Request(externalId, place) : EscalationProbe.Request(externalId);
        var accepted = await sender.Post("integration", "/v1/requests", request, externalId);
        return accepted?["number"]!.GetValue<string>();
    }

    /// <summary>External ids end with a count from one.</summary>
    private static int PlaceOf(string externalId) => int.Parse(externalId.Split('-')[^1], null) - 1;
}
