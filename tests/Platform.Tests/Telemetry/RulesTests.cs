using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Platform.Tests.Telemetry;

/// <summary>The rules and dashboards that come with the system.</summary>
public sealed partial class RulesTests
{
    private static Dictionary<string, string> Files =>
        new(StringComparer.Ordinal)
        {
            ["rules.yaml"] = Observability.Rules(),
            ["rules.test.yaml"] = File.ReadAllText(Path.Combine(Observability.Folder, "rules.test.yaml")),
        };

    [Fact]
    public async Task Promtool_takes_the_rules_and_their_tests_pass()
    {
        var (code, output) = await Promtool.Run(Files, "check", "rules", "--lint-fatal", "rules.yaml");
        code.ShouldBe(0, output);
        (code, output) = await Promtool.Run(Files, "test", "rules", "rules.test.yaml");
        code.ShouldBe(0, output);
        output.ShouldContain("SUCCESS");
    }

    [Fact]
    public async Task Seen_red_a_rule_with_another_threshold_fails_its_test_and_one_that_is_no_PromQL_is_refused()
    {
        var files = Files;
        files["rules.yaml"] = files["rules.yaml"].Replace("(dead_letters) > 0", "(dead_letters) > 5");
        (await Promtool.Run(files, "test", "rules", "rules.test.yaml")).Code.ShouldNotBe(0);

        files["rules.yaml"] = files["rules.yaml"].Replace("(dead_letters) > 5", "(dead_letters) >");
        (await Promtool.Run(files, "check", "rules", "rules.yaml")).Code.ShouldNotBe(0);
    }

    [Fact]
    public void Every_alert_says_what_to_do_and_is_tested()
    {
        var rules = Files["rules.yaml"];
        var runBook = File.ReadAllText(Path.Combine(Observability.Folder, "..", "README.md"));
        var alerts = Alert().Matches(rules).Select(match => match.Groups["name"].Value).ToList();
        alerts.Count.ShouldBeGreaterThan(10);
        alerts.ShouldBeUnique();
        foreach (var alert in alerts)
        {
            rules.ShouldContain($"runbook: deploy/README.md#alert-{alert.ToLowerInvariant()}\n");
            runBook.ShouldContain($"\n### Alert: {alert}\n");
            Files["rules.test.yaml"].ShouldContain($"alertname: {alert}\n        exp_alerts:\n");
        }

        Regex.Count(rules, " summary: ", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(alerts.Count);
        Regex
            .Count(rules, " severity: (page|ticket)", RegexOptions.None, TimeSpan.FromSeconds(1))
            .ShouldBe(alerts.Count);
    }

    [Fact]
    public void Places_that_share_a_Prometheus_are_watched_each_on_its_own()
    {
        Observability.OfRules().Where(rule => Mixes(rule.Text)).Select(rule => rule.Where).ShouldBeEmpty();
        Observability
            .OfDashboards()
            .SelectMany(panel => Observability.In(panel.Where, panel.Text))
            .Where(selected => !selected.Labels.Contains("namespace"))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sum(up)", true)]
    [InlineData("max by (service) (dead_letters)", true)]
    [InlineData("a unless on (job) b", true)]
    [InlineData("sum by (namespace, job) (up) unless on (namespace) count_over_time(up[1d])", false)]
    public void Seen_red_an_expression_that_mixes_places_is_found(string expression, bool mixes) =>
        Mixes(expression).ShouldBe(mixes);

    [Fact]
    public void A_bound_of_a_bucket_is_named_as_Prometheus_2_and_3_store_it() =>
        Observability
            .OfRules()
            .Concat(Observability.OfDashboards())
            .Where(expression => OneSpelling().IsMatch(expression.Text))
            .Select(expression => expression.Where)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("""x_bucket{le="1"}""", true)]
    [InlineData("""x_bucket{clock="a", le=~"10"}""", true)]
    [InlineData("""x_bucket{le="1.0"}""", true)]
    [InlineData("""x_bucket{le=~"1(\\.0)?"}""", false)]
    [InlineData("""x_bucket{le="0.5"}""", false)]
    public void Seen_red_a_bound_that_only_one_of_them_stores_is_found(string expression, bool isFound) =>
        OneSpelling().IsMatch(expression).ShouldBe(isFound);

    [Fact]
    public void A_dashboard_has_a_fixed_uid_a_data_source_to_choose_and_a_place_in_the_ConfigMap()
    {
        var component = File.ReadAllText(Path.Combine(Observability.Folder, "kustomization.yaml"));
        var uids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Observability.Dashboards)
        {
            component.ShouldContain($"- dashboards/{Path.GetFileName(file)}\n");
            using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
            var root = dashboard.RootElement;
            uids.Add(root.GetProperty("uid").GetString()!).ShouldBeTrue(file);
            root.GetProperty("templating")
                .GetProperty("list")
                .EnumerateArray()
                .ShouldContain(v =>
                    v.GetProperty("type").GetString() == "datasource"
                    && v.GetProperty("name").GetString() == "datasource"
                );
            root.GetProperty("templating")
                .GetProperty("list")
                .EnumerateArray()
                .ShouldContain(v => v.GetProperty("name").GetString() == "namespace");
            foreach (var panel in root.GetProperty("panels").EnumerateArray())
                panel.GetProperty("datasource").GetProperty("uid").GetString().ShouldBe("${datasource}", file);
        }

        uids.Count.ShouldBe(4);
    }

    [Fact]
    public void An_expression_is_read_for_what_it_asks()
    {
        var asked = Observability.In(
            "here",
            """histogram_quantile(0.99, sum by (le, job) (rate(took_bucket{job=~"$job", route!~"/(a|b)"}[$__rate_interval]))) > 2 and on (job) up{job="x"}"""
        );

        asked.Select(a => a.Name).ShouldBe(["took_bucket", "up"]);
        asked.First().Labels.ShouldBe(["job", "route"]);
        Observability
            .In("here", """label_replace(a unless on (namespace) up{job="b c"}, "job", "b c", "", "")""")
            .Select(selected => selected.Name)
            .ShouldBe(["a", "up"]);
    }

    private static bool Mixes(string expression) => Mixing().IsMatch(expression);

    [GeneratedRegex(
        @"\b(sum|min|max|avg|count|topk)\b(?! by \(namespace\b)|\bon \((?!namespace\b)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Mixing();

    [GeneratedRegex("\\ble\\s*=~?\\s*\"[0-9]+(\\.0+)?\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneSpelling();

    [GeneratedRegex("- alert: (?<name>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();
}
