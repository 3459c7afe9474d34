using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Launch;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults.Upgrade;

/// <summary>Replaces every process of a running system by another build, one at a time.</summary>
internal sealed class Rollout(Site site)
{
    private static readonly string[] Services = ["intake", "ticketing", "survey", "analytics", "notifications"];
    private static readonly TimeSpan MixedAtMost = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Processes that were to be replaced.</summary>
    public int Wanted { get; private set; }

    /// <summary>Of them those that ended when they were asked to, and run from the other build now.</summary>
    public int Replaced { get; private set; }

    /// <summary>Those that first said that they were not ready any more.</summary>
    public int Drained { get; private set; }

    /// <summary>
    /// Databases and broker first, then the services, the gateways last: they route to paths that an older service would not know. One process of each
    /// service comes before the second of any, so that both builds of every service meet both of every other.
    /// </summary>
    public async Task Forward(string root, CancellationToken ct)
    {
        OwnSystem.Say("migrating with the next build while this one serves");
        await site.System.Migrate(root, ct);
        await Replace(Processes(Services, first: true), root, ct);
        await Mixture.IsComplete(MixedAtMost, ct);
        await Replace([.. Processes(Services, first: false), .. Gateways], root, ct);
    }

    /// <summary>The way back leaves databases and broker as they are, and begins with the gateways.</summary>
    public Task Back(string root, CancellationToken ct) =>
        Replace([.. Gateways, .. Processes(Services, first: true), .. Processes(Services, first: false)], root, ct);

    private IEnumerable<HostProcess> Gateways => site.System.Of("gateway");

    private IReadOnlyList<HostProcess> Processes(string[] services, bool first) =>
        [.. services.SelectMany(service => first ? site.System.Of(service).Take(1) : site.System.Of(service).Skip(1))];

    private async Task Replace(IReadOnlyList<HostProcess> hosts, string root, CancellationToken ct)
    {
        foreach (var host in hosts)
        {
            OwnSystem.Say($"replacing {host.Name}");
            Wanted++;
            var before = host.Pid;
            var replacing = site.System.Replace(host, root, OwnSystem.Grace, ct);
            if (await SaysItIsGoing(host, replacing))
                Drained++;
            await replacing;
            if (
                host.Pid != before
                && ProcessTable.CommandLine(host.Pid).Contains($" {root}/", StringComparison.Ordinal)
            )
                Replaced++;
        }
    }

    private static async Task<bool> SaysItIsGoing(HostProcess host, Task replacing)
    {
        while (!replacing.IsCompleted)
        {
            try
            {
                using var answer = await Probe.GetAsync(new Uri(host.Url, "/readyz"));
                if (!answer.IsSuccessStatusCode)
                    return (await answer.Content.ReadAsStringAsync()).Contains("draining", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                return false; // gone without a word
            }

            await Task.Delay(Look);
        }

        return false;
    }
}
