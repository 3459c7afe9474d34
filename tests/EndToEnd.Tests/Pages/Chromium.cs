using CustomerFeedback.TestKit;
using Microsoft.Playwright;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>One browser for all page tests, started when the first of them asks; each has windows of its own in it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(Start);

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;

        var (driver, browser) = await _started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    /// <summary>Somebody who looks at a page as it is; without JavaScript unless it is said otherwise.</summary>
    internal Task<IBrowserContext> Visitor(Uri gateway, string language, int width, bool javaScript = false) =>
        Window(gateway, language, width, javaScript, bypassPolicy: false);

    /// <summary>The same with axe-core: the checker is injected, which the pages' own policy forbids.</summary>
    internal Task<IBrowserContext> Checker(Uri gateway, string language, int width) =>
        Window(gateway, language, width, javaScript: true, bypassPolicy: true);

    private async Task<IBrowserContext> Window(
        Uri gateway,
        string language,
        int width,
        bool javaScript,
        bool bypassPolicy
    ) =>
        await (await _started.Value).Browser.NewContextAsync(
            new()
            {
                BaseURL = gateway.ToString(),
                JavaScriptEnabled = javaScript,
                Locale = language,
                ViewportSize = new() { Width = width, Height = 844 },
                BypassCSP = bypassPolicy,
            }
        );

    private static async Task<(IPlaywright Driver, IBrowser Browser)> Start()
    {
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = await TestBrowser.Program(),
                Args = ["--no-sandbox"], // tests run as root in containers, where Chromium's own sandbox refuses
            }
        );
        return (driver, browser);
    }
}
