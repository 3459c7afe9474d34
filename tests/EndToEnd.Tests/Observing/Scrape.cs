using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Observing;

/// <summary>What Prometheus would see: the metrics pages of all processes.</summary>
internal sealed record Scrape(string Host, string Process, string Text, MetricsPage Page)
{
    public static async Task<IReadOnlyList<Scrape>> All(RunningSystem system)
    {
        using var http = new HttpClient();
        List<Scrape> all = [];
        foreach (var name in Service.All.Select(s => s.Name).Prepend("gateway"))
        {
            foreach (var host in system.Hosts.Of(name))
            {
                var text = await http.GetStringAsync(new Uri(host.Management, "/metrics"));
                all.Add(new(name, host.Name, text, new MetricsPage(text)));
            }
        }

        return all;
    }
}
