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
    }

    [GeneratedRegex("- alert: (?<name>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();
}
