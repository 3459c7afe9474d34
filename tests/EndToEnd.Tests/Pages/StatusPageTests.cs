using CustomerFeedback.EndToEnd.Tests.Running;
using Microsoft.Playwright;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>The customer's status page as people meet it: phone and desktop, Chinese and English, without JavaScript.</summary>
[Collection(SystemTests.Name)]
public sealed class StatusPageTests(RunningSystem system, Chromium chromium) : IDisposable
{
    private readonly Shop _shop = new(system);

    public void Dispose() => _shop.Dispose();

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
        await using var context = await chromium.Visitor(system.Gateway, language, width);
        var page = await context.NewPageAsync();

        await Open(page, accepted.GetProperty("statusUrl").GetString()!);
        (await page.GetAttributeAsync("html", "lang")).ShouldStartWith(language[..2]);
        (await page.InnerTextAsync("body")).ShouldContain(number);
        await Look.At(page, $"status-open-{language}-{width}");

        await _shop.Resolve(number);
        await page.ReloadAsync();
        await Look.At(page, $"status-resolved-{language}-{width}");
        await Answer(page, solved: false);
        await Look.At(page, $"status-rejected-{language}-{width}");
        (await _shop.Ticket(number)).GetProperty("episode").GetInt32().ShouldBe(2);

        await _shop.Resolve(number);
        await page.ReloadAsync();
        await Answer(page, solved: true);
        await Look.At(page, $"status-closed-{language}-{width}");
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
        await using var context = await chromium.Checker(system.Gateway, language, width);
        var page = await context.NewPageAsync();

        await Open(page, accepted.GetProperty("statusUrl").GetString()!);
        (await Axe.Violations(page)).ShouldBeEmpty();

        await _shop.Resolve(number);
        await page.ReloadAsync();
        (await Axe.Violations(page)).ShouldBeEmpty();

        await Answer(page, solved: true);
        (await Axe.Violations(page)).ShouldBeEmpty();
    }

    private static async Task Open(IPage page, string url)
    {
        var response = await page.GotoAsync(url);
        response!.Status.ShouldBe(200);
    }

    private static async Task Answer(IPage page, bool solved)
    {
        var form = page.Locator($"form:has(input[name=solved][value={(solved ? "true" : "false")}])");
        await form.Locator("textarea").FillAsync(solved ? "收到了，谢谢" : "还没有收到");
        await form.Locator("[type=submit]").ClickAsync();
        await page.WaitForLoadStateAsync();
    }
}
