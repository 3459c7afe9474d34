using CustomerFeedback.EndToEnd.Tests.Running;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>The dashboard as analysts meet it, signed out and signed in, with answers enough for numbers.</summary>
[Collection(SystemTests.Name)]
public sealed class DashboardPageTests : IDisposable
{
    private readonly RunningSystem _system;
    private readonly Chromium _chromium;
    private readonly Shop _shop;
    private readonly Customers _customers;

    public DashboardPageTests(RunningSystem system, Chromium chromium)
    {
        (_system, _chromium) = (system, chromium);
        _shop = new Shop(system);
        _customers = new Customers(system, _shop);
    }

    public void Dispose()
    {
        _customers.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task It_fits_every_screen_and_axe_finds_nothing_against_it()
    {
        await SomeAnswers();
        foreach (var (language, width) in Look.Views)
        {
            await using var window = await _chromium.Checker(_system.Gateway, language, width);
            var page = await window.NewPageAsync();
            async Task IsGood(string state)
            {
                await Look.At(page, $"live-dashboard-{state}-{language}-{width}");
                (await Axe.Violations(page)).ShouldBeEmpty($"{state}, {language}, {width}");
            }

            (await page.GotoAsync("/dashboard"))!.Status.ShouldBe(200);
            await page.Locator("#signin").WaitForAsync();
            (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
            await IsGood("signed-out");

            await page.FillAsync("#token", Analyst.Token);
            await page.ClickAsync("#signin button[type=submit]");
            // What has just been answered is soon counted: the page asks again by itself.
            await page.Locator("#dimensions canvas").WaitForAsync(new() { Timeout = 60_000 });
            (await page.Locator("#cards canvas").CountAsync()).ShouldBe(
                await page.Locator("#cards section").CountAsync()
            );
            await Look.At(page, $"live-dashboard-charts-{language}-{width}");

            // The charts are still there; what axe says of the whole it says of them too.
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
            await IsGood("tables");

            await page.ClickAsync("#signout");
            await page.Locator("#signin").WaitForAsync();
            (await page.Locator("#board").IsVisibleAsync()).ShouldBeFalse();
        }
    }

    private async Task SomeAnswers()
    {
        (int Overall, int Attitude, int Nps)[] given =
        [
            (5, 5, 10),
            (4, 4, 9),
            (3, 4, 7),
            (5, 5, 10),
            (4, 5, 8),
            (5, 4, 9),
        ];
        await Task.WhenAll(
            given.Select(async scores =>
            {
                var link = await _customers.Link(await _customers.Served());
                var answers = Customers.Content(scores.Overall, scores.Attitude, scores.Nps);
                using var answer = await _customers.Answer(link, answers);
                answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            })
        );
    }
}
