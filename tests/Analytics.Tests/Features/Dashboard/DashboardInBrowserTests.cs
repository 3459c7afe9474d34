using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Tests.Features.Querying;
using CustomerFeedback.TestKit;
using Microsoft.Playwright;

namespace CustomerFeedback.Analytics.Tests.Features.Dashboard;

/// <summary>The dashboard as analysts meet it, on a phone and at a desk, in both languages.</summary>
public sealed class DashboardInBrowserTests : IAsyncLifetime
{
    // Beside those of the other pages, under the root of the checkout; git does not see them.
    private static readonly string Screenshots = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../../../../.local/tests/screenshots")
    );

    private TestDatabase<AnalyticsDbContext> database = null!;
    private ServiceHost<AnalyticsDbContext> host = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        // Half a year that ends now: the page asks for the last days.
        database = await Seeded.With(new RandomFacts(11, TimeProvider.System.GetUtcNow().AddDays(-180)).Into);
        host = new(database);
        host.UseKestrel(0);
        host.StartServer();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = await TestBrowser.Program(),
                Args = ["--no-sandbox"], // tests run as root in containers, where Chromium's own sandbox refuses
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_numbers_to_whoever_has_a_token_and_fits_every_screen()
    {
        foreach (
            var (language, width) in (IEnumerable<(string, int)>)
                [("zh-CN", 390), ("zh-CN", 1280), ("en", 390), ("en", 1280)]
        )
        {
            var complaints = new List<string>();
            await using var context = await browser.NewContextAsync(
                new()
                {
                    BaseURL = host.ClientOptions.BaseAddress.ToString(),
                    Locale = language,
                    ViewportSize = new() { Width = width, Height = 844 },
                }
            );
            var page = await context.NewPageAsync();
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning")
                    complaints.Add(message.Text);
            };
            page.PageError += (_, error) => complaints.Add(error);

            await page.GotoAsync("/dashboard");
            (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
            await Looks(page, $"dashboard-signin-{language}-{width}");
            await page.FillAsync("#token", Asked.Analyst);
            await page.PressAsync("#token", "Enter");
            await page.SelectOptionAsync("#range", "365");
            await page.WaitForSelectorAsync("#csat canvas");
            (await page.InnerTextAsync("#figures")).ShouldContain("CSAT");
            await Assertions.Expect(page.Locator("#csat tbody tr")).ToHaveCountAsync(12, new() { Timeout = 30_000 });
            await Looks(page, $"dashboard-{language}-{width}");

            // The token is this tab's only.
            (await page.EvaluateAsync<int>("() => localStorage.length + document.cookie.length")).ShouldBe(0);
            complaints.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Who_may_not_see_the_numbers_is_told_so()
    {
        var page = await browser.NewPageAsync(
            new() { BaseURL = host.ClientOptions.BaseAddress.ToString(), Locale = "en" }
        );
        await page.GotoAsync("/dashboard");
        await page.FillAsync("#token", TestTokens.For("li.wei", ["agent"]));
        await page.ClickAsync("#signin button");
        await page.GetByText("does not have the role analyst").WaitForAsync();
        await page.FillAsync("#token", TestTokens.Expired("analyst", ["analyst"]));
        await page.ClickAsync("#signin button");
        await page.GetByText("has expired").WaitForAsync();
        (await page.EvaluateAsync<int>("() => sessionStorage.length")).ShouldBe(0);
    }

    /// <summary>No sideways scrolling, and a picture for whoever wants to look.</summary>
    private static async Task Looks(IPage page, string name)
    {
        Directory.CreateDirectory(Screenshots);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
        (
            await page.EvaluateAsync<double>("() => document.documentElement.scrollWidth - innerWidth")
        ).ShouldBeLessThanOrEqualTo(0, name);
    }
}
