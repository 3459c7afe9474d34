using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.TestKit;
using Microsoft.Playwright;
using Npgsql;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>The answer page as customers meet it: phone and desktop, Chinese and English, without JavaScript; and as axe-core judges it.</summary>
[Collection(SystemTests.Name)]
public sealed class AnswerPageTests : IDisposable
{
    private readonly RunningSystem _system;
    private readonly Chromium _chromium;
    private readonly Shop _shop;
    private readonly Customers _customers;

    public AnswerPageTests(RunningSystem system, Chromium chromium)
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

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 390)]
    [InlineData("en", 1280)]
    public async Task A_survey_is_put_aside_corrected_and_sent_without_javascript(string language, int width)
    {
        var number = await _customers.Served(language: language);
        var link = await _customers.Link(number);
        await using var window = await _chromium.Visitor(_system.Gateway, language, width);
        var page = await window.NewPageAsync();
        Task Looks(string state) => Look.At(page, $"survey-{state}-{language}-{width}");

        (await page.GotoAsync(link))!.Status.ShouldBe(200);
        (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
        (await page.InnerTextAsync("main")).ShouldContain(number);
        await Looks("questions");

        (await Press(page, "send")).Status.ShouldBe(422);
        (await page.Locator("[role=alert]").CountAsync()).ShouldBe(1);
        await Looks("missing");

        await Choose(page, "attitude", "4");
        await page.FillAsync("[name='a.comment']", "等了很久才有人联系。");
        await Press(page, "save");
        await page.GotoAsync(link);
        (await page.IsCheckedAsync(Field("attitude", "4"))).ShouldBeTrue("What was put aside is there again.");

        await Choose(page, "overall", "2");
        (await page.Locator("#q-weak_step").CountAsync()).ShouldBe(0);
        await Press(page, "send");
        (await page.Locator("#q-weak_step").CountAsync()).ShouldBe(1, "A low score asks for the reason.");
        await Looks("more");

        await Choose(page, "weak_step", "waiting");
        await Press(page, "send");
        page.Url.ShouldContain($"{link}/thanks");
        (await page.InnerTextAsync("main")).ShouldContain(RunningSystem.OfficialContact);
        await Looks("thanks");

        (await page.GotoAsync(link))!.Status.ShouldBe(200);
        (await page.Locator("form").CountAsync()).ShouldBe(0);
        await Looks("used");
    }

    [Fact]
    public async Task Links_that_cannot_be_answered_say_so_in_a_friendly_way()
    {
        var cancelled = await Cancelled();
        var expired = await Expired();
        foreach (var (language, width) in Look.Views)
        {
            await using var window = await _chromium.Visitor(_system.Gateway, language, width);
            var page = await window.NewPageAsync();
            foreach (var (state, link, status) in Closed(cancelled, expired))
            {
                (await page.GotoAsync(link))!.Status.ShouldBe(status, state);
                (await page.GetAttributeAsync("html", "lang")).ShouldBe(language, state);
                (await page.Locator("h1").CountAsync()).ShouldBe(1, state);
                (await page.Locator("form").CountAsync()).ShouldBe(0, state);
                await Look.At(page, $"survey-{state}-{language}-{width}");
            }
        }
    }

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 1280)]
    public async Task Axe_finds_nothing_against_the_page_in_any_of_its_states(string language, int width)
    {
        var link = await _customers.Link(await _customers.Served(language: language));
        await using var window = await _chromium.Checker(_system.Gateway, language, width);
        var page = await window.NewPageAsync();
        async Task IsClean(string state) => (await Axe.Violations(page)).ShouldBeEmpty(state);

        await page.GotoAsync(link);
        await IsClean("questions");
        await Press(page, "send");
        await IsClean("missing");
        await Choose(page, "overall", "1");
        await Press(page, "send");
        await IsClean("more");
        await Press(page, "send");
        page.Url.ShouldContain("/thanks");
        await IsClean("thanks");
        await page.GotoAsync(link);
        await IsClean("used");
        foreach (var (state, closed, _) in Closed(await Cancelled(), await Expired()))
        {
            await page.GotoAsync(closed);
            await IsClean(state);
        }
    }

    private static (string State, string Link, int Status)[] Closed(string cancelled, string expired) =>
        [("cancelled", cancelled, 410), ("expired", expired, 410), ("unknown", "/s/no-such-link", 404)];

    private async Task<string> Cancelled()
    {
        var number = await _customers.Served();
        var link = await _customers.Link(number);
        await _shop.Command(number, "confirmations", new { solved = false, note = "又坏了" });
        await Eventually.That(async () =>
            (await _shop.Invitations(number)).Single().GetProperty("state").GetString().ShouldBe("cancelled")
        );
        return link;
    }

    /// <summary>Two weeks cannot pass here: the end of the link is moved instead.</summary>
    private async Task<string> Expired()
    {
        var number = await _customers.Served();
        var link = await _customers.Link(number);
        await using var survey = NpgsqlDataSource.Create(_system.Database("survey"));
        await using var move = survey.CreateCommand(
            "UPDATE invitations SET expires_at = now() - interval '1 minute' WHERE number = $1"
        );
        move.Parameters.Add(new() { Value = number });
        (await move.ExecuteNonQueryAsync()).ShouldBe(1);
        return link;
    }

    private static string Field(string question, string value) => $"[name='a.{question}'][value='{value}']";

    /// <summary>Clicks what people click: the label around the button.</summary>
    private static Task Choose(IPage page, string question, string value) =>
        page.ClickAsync($"label:has({Field(question, value)})");

    private static Task<IResponse> Press(IPage page, string action) =>
        page.RunAndWaitForResponseAsync(
            () => page.ClickAsync($"button[value={action}]"),
            answer => answer.Request.IsNavigationRequest && answer.Status != 303
        );
}
