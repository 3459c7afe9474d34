namespace CustomerFeedback.Faults.Load;

/// <summary>People who look at what comes of the requests, so that every service is asked something all the time.</summary>
internal sealed class Onlookers(Sender sender, Ledger ledger)
{
    private const int NotYetThere = 404;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>What the five services answer to, one each.</summary>
    private static readonly (string Role, string Path, bool MayBeEarly)[] Looks =
    [
        ("manager", "/v1/requests/{0}", false),
        ("manager", "/v1/tickets/{0}", true),
        ("analyst", "/v1/responses?ticket={0}", false),
        ("manager", "/v1/loops/{0}", true),
        ("manager", "/v1/notifications?ticket={0}", false),
    ];

    public async Task Look(Task until)
    {
        var turn = 0;
        while (!until.IsCompleted)
        {
            turn++;
            await Task.WhenAny(until, Task.Delay(Pause));
            var number = ledger.Requests.Values.Skip(turn % 50).FirstOrDefault();
            if (number is null)
                continue;
            var (role, path, mayBeEarly) = Looks[turn % Looks.Length];
            int[] fine = mayBeEarly ? [NotYetThere] : [];
            await sender.Look(role, path.Replace("{0}", number, StringComparison.Ordinal), fine);
        }
    }
}
