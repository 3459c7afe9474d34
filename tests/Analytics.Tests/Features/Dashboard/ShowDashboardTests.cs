using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Dashboard;

/// <summary>The page and its files as a browser gets them: open to anyone, strict about everything else.</summary>
public sealed partial class ShowDashboardTests
{
    [Fact]
    public async Task Anyone_gets_the_page_and_nothing_in_it_needs_a_looser_policy()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        var answer = await host.Client().GetAsync("/dashboard");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("<html lang=\"zh-CN\">");
        Inline().IsMatch(page).ShouldBeFalse("no inline script, style or handler");

        foreach (Match file in Linked().Matches(page))
        {
            var asset = await host.Client().GetAsync(file.Groups[1].Value);
            asset.StatusCode.ShouldBe(HttpStatusCode.OK, file.Value);
            asset.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        }
    }

    [Fact]
    public async Task Modules_that_scripts_ask_for_are_there_and_strangers_are_not()
    {
        await using var host = new ServiceHost<AnalyticsDbContext>(database: null, settings: Nowhere);
        foreach (
            var name in (string[])
                ["dashboard.js", "api.js", "charts.js", "texts.js", "dashboard.css", "dashboard.html", ""]
        )
            (await host.Client().GetAsync($"/dashboard/{name}")).StatusCode.ShouldBe(HttpStatusCode.OK, name);
        foreach (var name in (string[])["package.json", "../appsettings.json", "%2e%2e/Program.cs", "echarts"])
        {
            var answer = await host.Client().GetAsync($"/dashboard/{name}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, name);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }

    [Fact]
    public async Task The_charts_were_fetched_by_the_build_and_are_sent_packed_and_once()
    {
        await using var host = new ServiceHost<AnalyticsDbContext>(database: null, settings: Nowhere);
        var client = host.Client();
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        var charts = await client.GetAsync("/dashboard/echarts.js");
        charts.StatusCode.ShouldBe(
            HttpStatusCode.OK,
            "the build restores echarts with npm and says why when it cannot"
        );
        charts.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        (await charts.Content.ReadAsByteArrayAsync()).Length.ShouldBeInRange(100_000, 600_000);

        client.DefaultRequestHeaders.IfNoneMatch.Add(charts.Headers.ETag!);
        (await client.GetAsync("/dashboard/echarts.js")).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    // The page needs no database.
    private static Dictionary<string, string> Nowhere { get; } =
        new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Database"] = "Host=127.0.0.1;Port=9;Username=nobody;Database=nothing",
        };

    [GeneratedRegex("<style|<script(?![^>]*src=)|\\sstyle=|\\son\\w+=", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("(?:src|href)=\"(/dashboard/[^\"]+)\"")]
    private static partial Regex Linked();
}
