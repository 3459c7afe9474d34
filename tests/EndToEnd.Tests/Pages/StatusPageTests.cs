using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.TestKit;
using Microsoft.Playwright;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>The customer's status page as people meet it: phone and desktop, Chinese and English, without JavaScript.</summary>
[Collection(SystemTests.Name)]
public sealed class StatusPageTests(RunningSystem system) : IAsyncLifetime
{
    private static readonly string Screenshots = Path.Combine(Checkout.Root, ".local", "tests", "screenshots");
    private readonly Shop _shop = new(system);
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = await TestBrowser.Program(),
                Args = ["--no-sandbox"], // tests run as root in containers, where Chromium's own sandbox refuses
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _shop.Dispose();
    }

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 390)]
    [InlineData("en", 1280)]
    public async Task The_customer_rejects_and_later_confirms_without_javascript(string language, int width)
    {
        var accepted = await _shop.Accepted(Shop.Request($"{Guid.CreateVersion7()}", language: language));
        var number = accepted.GetProperty("number").GetString()!;
        await _shop.Ticket(number);
        await using var context = await Context(language, width, javaScript: false);
        var page = await context.NewPageAsync();

        await Open(page, accepted.GetProperty("statusUrl").GetString()!);
        (await page.GetAttributeAsync("html", "lang")).ShouldStartWith(language[..2]);
        (await page.InnerTextAsync("body")).ShouldContain(number);
        await Looks(page, $"open-{language}-{width}");

        await Resolve(number);
        await page.ReloadAsync();
        await Looks(page, $"resolved-{language}-{width}");
        await Answer(page, solved: false);
        await Looks(page, $"rejected-{language}-{width}");
        (await _shop.Ticket(number)).GetProperty("episode").GetInt32().ShouldBe(2);

        await Resolve(number);
        await page.ReloadAsync();
        await Answer(page, solved: true);
        await Looks(page, $"closed-{language}-{width}");
        var closed = await _shop.Ticket(number);
        closed.GetProperty("status").GetString().ShouldBe("closed");
        closed.GetProperty("confirmation").GetString().ShouldBe("confirmed");
    }

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 1280)]
    public async Task Axe_finds_nothing_against_the_page_in_any_of_its_states(string language, int width)
    {
        var accepted = await _shop.Accepted(Shop.Request($"{Guid.CreateVersion7()}", language: language));
        var number = accepted.GetProperty("number").GetString()!;
        await _shop.Ticket(number);
        await using var context = await Context(language, width, javaScript: true);
        var page = await context.NewPageAsync();

        await Open(page, accepted.GetProperty("statusUrl").GetString()!);
        (await Axe.Violations(page)).ShouldBeEmpty();

        await Resolve(number);
        await page.ReloadAsync();
        (await Axe.Violations(page)).ShouldBeEmpty();

        await Answer(page, solved: true);
        (await Axe.Violations(page)).ShouldBeEmpty();
    }

    private async Task<IBrowserContext> Context(string language, int width, bool javaScript) =>
        await _browser.NewContextAsync(
            new()
            {
                BaseURL = system.Gateway.ToString(),
                JavaScriptEnabled = javaScript,
                Locale = language,
                ViewportSize = new() { Width = width, Height = 844 },
                BypassCSP = javaScript, // axe is injected; the page itself needs no script
            }
        );

    private static async Task Open(IPage page, string url)
    {
        var response = await page.GotoAsync(url);
        response!.Status.ShouldBe(200);
    }

    private async Task Resolve(string number)
    {
        await _shop.Command(
            number,
            "contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "致歉",
            }
        );
        await _shop.Command(number, "resolutions", new { solution = "已补发", firstContactResolution = true });
    }

    private static async Task Answer(IPage page, bool solved)
    {
        var form = page.Locator($"form:has(input[name=solved][value={(solved ? "true" : "false")}])");
        await form.Locator("textarea").FillAsync(solved ? "收到了，谢谢" : "还没有收到");
        await form.Locator("[type=submit]").ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    /// <summary>No sideways scrolling, and a picture for whoever wants to look.</summary>
    private static async Task Looks(IPage page, string name)
    {
        Directory.CreateDirectory(Screenshots);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
        var body = await page.Locator("html").BoundingBoxAsync();
        var widest = await page.Locator("body *")
            .EvaluateAllAsync<double>("all => Math.max(0, ...all.map(e => e.getBoundingClientRect().right))");
        widest.ShouldBeLessThanOrEqualTo(body!.Width + 0.5, name);
    }
}
