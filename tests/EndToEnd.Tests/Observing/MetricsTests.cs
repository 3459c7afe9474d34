using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Observing;

/// <summary>What the hosts tell of themselves while they work, and what dashboards and rules ask of it.</summary>
[Collection(SystemTests.Name)]
public sealed class MetricsTests : IDisposable
{
    private const string PolicyId = "observed-seconds";

    /// <summary>Prometheus itself adds these.</summary>
    private static readonly string[] OfTheTarget = ["namespace", "job", "pod"];

    private readonly RunningSystem _system;
    private readonly Shop _shop;
    private readonly Customers _customers;

    public MetricsTests(RunningSystem system)
    {
        _system = system;
        _shop = new Shop(system);
        _customers = new Customers(system, _shop);
    }

    public void Dispose()
    {
        _customers.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Every_metric_that_a_dashboard_or_a_rule_asks_for_is_told()
    {
        await Work();
        var pages = await Scrape.All(_system);
        var labels = pages
            .SelectMany(page => page.Page.Lines)
            .GroupBy(line => line.Name, line => line.Labels.Keys)
            .ToDictionary(
                lines => lines.Key,
                lines => lines.SelectMany(names => names).Concat(OfTheTarget).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
        labels["up"] = [.. OfTheTarget];
        foreach (var recorded in Observability.Recorded())
            labels[recorded] = ["namespace"];
        foreach (var (name, own) in Observability.Foreign)
            labels.Add(name, [.. OfTheTarget, .. own]);

        var asked = Observability.Asked().ToList();

        asked.Count.ShouldBeGreaterThan(80);
        Observability.Foreign.Keys.Except(asked.Select(selected => selected.Name)).ShouldBeEmpty();
        asked
            .Where(selected => !labels.ContainsKey(selected.Name))
            .Select(selected => $"{selected.Where}: {selected.Name}")
            .ShouldBeEmpty();
        asked
            .SelectMany(selected =>
                selected
                    .Labels.Where(label => !labels[selected.Name].Contains(label))
                    .Select(label => $"{selected.Where}: {selected.Name}{{{label}}}")
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task The_figures_are_those_of_the_work_done()
    {
        var before = await Scrape.All(_system);
        var number = await _customers.Served();
        await _customers.Link(number);

        await Eventually.That(
            async () =>
            {
                var now = await Scrape.All(_system);
                Grown("intake_requests_total", ("outcome", "accepted")).ShouldBe(1);
                Grown("survey_sends_total", ("channel", "phone")).ShouldBe(1);
                Grown("notification_attempts_total", ("outcome", "delivered")).ShouldBeGreaterThan(0);
                Grown("messaging_handled_messages_total", ("consumer", "ticketing-open-ticket-on-request-received"))
                    .ShouldBe(1);
                Grown(
                        "http_server_request_duration_seconds_count",
                        ("http_request_method", "POST"),
                        ("http_response_status_code", "201"),
                        ("http_route", "/v1/requests")
                    )
                    .ShouldBe(1);
                Grown("relay_published_total").ShouldBeGreaterThan(3);
                foreach (var process in now)
                    process.Page.Value("host_ready").ShouldBe(1, process.Process);
                // All is stored, so the numbers are behind nothing.
                foreach (var process in now.Where(p => p.Host == "analytics"))
                    process.Page.Value("projection_lag_seconds").ShouldBe(0, process.Process);

                double Grown(string name, params (string, string)[] of) =>
                    now.Sum(p => p.Page.Sum(name, of)) - before.Sum(p => p.Page.Sum(name, of));
            },
            within: TimeSpan.FromSeconds(60)
        );
    }

    [Fact]
    public async Task No_label_has_more_values_than_a_dashboard_can_hold()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => _shop.Accepted(Shop.Request($"{Guid.CreateVersion7()}")))
        );
        using var stranger = new HttpClient { BaseAddress = _system.Gateway };
        foreach (var n in Enumerable.Range(0, 30))
        {
            using var answer = await stranger.GetAsync($"/nowhere/{Guid.CreateVersion7()}?n={n}");
            ((int)answer.StatusCode).ShouldBe(404);
        }

        foreach (var page in await Scrape.All(_system))
        {
            var values = page
                .Page.Lines.SelectMany(line => line.Labels)
                .GroupBy(label => label.Key, label => label.Value)
                .Select(group => (Label: group.Key, Count: group.Distinct().Count()));
            values.Where(v => v.Label != "http_route").ShouldAllBe(v => v.Count <= 30, page.Process);
            page.Page.Lines.Count.ShouldBeLessThan(5000, page.Process);
        }
    }

    /// <summary>One of everything: a survey that is sent, a clock that runs out.</summary>
    private async Task Work()
    {
        var served = await _customers.Served();
        await _customers.Link(served);
        using var put = await _shop.PutPolicy(PolicyId, Policy());
        put.IsSuccessStatusCode.ShouldBeTrue(await put.Content.ReadAsStringAsync());
        await Eventually.That(
            async () =>
            {
                // Intake learns of the policy by an event: some requests may still have the ordinary promise.
                await _shop.Accepted(
                    Shop.Request(
                        $"{Guid.CreateVersion7()}",
                        channel: "social",
                        type: "suggestion",
                        urgency: "critical",
                        segment: "vip"
                    )
                );
                await Task.Delay(TimeSpan.FromSeconds(1));
                var pages = await Scrape.All(_system);
                return pages.Sum(p => p.Page.Sum("sla_breaches_total", ("clock", "first_contact"))) > 0
                    && pages.Sum(p => p.Page.Sum("sla_timer_lateness_seconds_count", ("clock", "first_contact"))) > 0;
            },
            within: TimeSpan.FromSeconds(120)
        );
    }

    private static object Policy() =>
        new
        {
            id = PolicyId,
            order = -700,
            match = new
            {
                type = "suggestion",
                channel = "social",
                segment = "vip",
                urgency = "critical",
            },
            calendar = "always",
            targets = new { first_contact = new { critical = "PT1S" }, resolution = new { critical = "PT8H" } },
            warnAt = (double[])[0.5],
            escalation = (object[])[new { at = 1.0, to = "lead" }],
        };
}
