using System.Diagnostics.Metrics;
using CustomerFeedback.Telemetry;
using CustomerFeedback.TestKit;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CustomerFeedback.Platform.Tests.Telemetry;

public sealed class MetricTextTests : IDisposable
{
    private readonly Meter _meter = new($"CustomerFeedback.Tests.{Guid.CreateVersion7():N}");
    private readonly MetricText _text = new();
    private readonly MeterProvider _provider;

    public MetricTextTests() =>
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddView(KeptTags.Of)
            .AddReader(new BaseExportingMetricReader(_text))
            .Build();

    public void Dispose()
    {
        _provider.Dispose();
        _text.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Counters_gauges_and_histograms_keep_their_values_and_promtool_has_nothing_to_say()
    {
        var counted = _meter.CreateCounter<long>("shop.orders", description: "Orders \\ of\nall kinds.");
        var total = _meter.CreateCounter<double>("shop_spent_total", "s", "Time spent.");
        var open = _meter.CreateUpDownCounter<long>("shop.open", description: "Open orders.");
        _meter.CreateObservableGauge("shop.store", () => 0.25, "By", "How much is in store.");
        var took = _meter.CreateHistogram(
            "shop.took",
            "s",
            "How long it took.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] }
        );
        counted.Add(2, new KeyValuePair<string, object?>("reason", "a \"b\" \\ c\nd"));
        counted.Add(3, new KeyValuePair<string, object?>("reason", "other"));
        counted.Add(0, new KeyValuePair<string, object?>("reason", "never"));
        total.Add(1.5);
        open.Add(5);
        open.Add(-7);
        foreach (var seconds in (double[])[0.05, 0.1, 0.5, 3])
            took.Record(seconds, new KeyValuePair<string, object?>("http.route", "/v1/orders/{id}"));

        var text = await Scrape();
        var page = new MetricsPage(text);

        page.Value("shop_orders_total", ("reason", "a \"b\" \\ c\nd")).ShouldBe(2);
        page.Value("shop_orders_total", ("reason", "never")).ShouldBe(0);
        page.Value("shop_spent_seconds_total").ShouldBe(1.5);
        page.Value("shop_open").ShouldBe(-2);
        page.Value("shop_store_bytes").ShouldBe(0.25);
        page.Value("shop_took_seconds_bucket", ("le", "0.1"), ("http_route", "/v1/orders/{id}")).ShouldBe(2);
        page.Value("shop_took_seconds_bucket", ("le", "1")).ShouldBe(3);
        page.Value("shop_took_seconds_bucket", ("le", "+Inf")).ShouldBe(4);
        page.Value("shop_took_seconds_count").ShouldBe(4);
        page.Value("shop_took_seconds_sum").ShouldBe(3.65, 1e-9);
        page.Types.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["shop_open"] = "gauge",
                ["shop_orders_total"] = "counter",
                ["shop_spent_seconds_total"] = "counter",
                ["shop_store_bytes"] = "gauge",
                ["shop_took_seconds"] = "histogram",
            },
            ignoreOrder: true
        );
        text.ShouldContain("# HELP shop_orders_total Orders \\\\ of\\nall kinds.\n");
        var (code, output) = await Promtool.Run(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["stdin"] = text },
            "check",
            "metrics"
        );
        code.ShouldBe(0, $"{output}\n{text}");
    }

    [Fact]
    public async Task Each_scrape_tells_how_it_stands_then()
    {
        var counted = _meter.CreateCounter<long>("shop.orders");
        counted.Add(1);
        new MetricsPage(await Scrape()).Value("shop_orders_total").ShouldBe(1);
        counted.Add(1);
        new MetricsPage(await Scrape()).Value("shop_orders_total").ShouldBe(2);
    }

    [Fact]
    public async Task A_tag_that_nobody_has_named_makes_no_series()
    {
        var counted = _meter.CreateCounter<long>("shop.orders");
        foreach (var user in (string[])["emma", "noah"])
            counted.Add(1, new("url.full", $"http://shop/{user}"), new("outcome", "done"));

        var line = new MetricsPage(await Scrape()).Lines.ShouldHaveSingleItem();

        line.Value.ShouldBe(2);
        line.Labels.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["outcome"] = "done" });
    }

    [Fact]
    public async Task The_same_instrument_twice_is_one_family()
    {
        using var another = new Meter(_meter.Name, "2");
        _meter.CreateCounter<long>("shop.orders").Add(1, new KeyValuePair<string, object?>("outcome", "here"));
        another.CreateCounter<long>("shop.orders").Add(2, new KeyValuePair<string, object?>("outcome", "there"));

        new MetricsPage(await Scrape()).Sum("shop_orders_total").ShouldBe(3);
    }

    [Fact]
    public async Task When_collecting_is_over_there_is_nothing_to_tell()
    {
        _provider.Dispose();

        (await _text.Scrape(CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("http.server.request.duration", "s", false, "http_server_request_duration_seconds")]
    [InlineData("outbox_oldest_age_seconds", null, false, "outbox_oldest_age_seconds")]
    [InlineData("sla_timer_lateness_seconds", "s", false, "sla_timer_lateness_seconds")]
    [InlineData("inbox_duplicates_total", null, true, "inbox_duplicates_total")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", true, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("dotnet.process.cpu.time", "s", true, "dotnet_process_cpu_time_seconds_total")]
    [InlineData("dotnet.gc.collections", "{collection}", true, "dotnet_gc_collections_total")]
    [InlineData("2nd-try µ", null, false, "_2nd_try__")]
    public void An_instrument_has_its_name(string instrument, string? unit, bool isCounter, string name) =>
        MetricName.Of(instrument, unit, isCounter).ShouldBe(name);

    [Theory]
    [InlineData("Host=10.0.0.1;Database=intake;Username=intake_app", "intake")]
    [InlineData("Host=10.0.0.1;Database=intake;Username=u;Application Name=intake accept", "intake intake accept")]
    [InlineData("my pool", "my pool")]
    public void Of_a_pool_the_database_is_told_and_neither_host_nor_user(string pool, string told) =>
        MetricName.Value(KeptTags.Pool, pool).ShouldBe(told);

    private async Task<string> Scrape() => (await _text.Scrape(CancellationToken.None)).ShouldNotBeNull();
}
