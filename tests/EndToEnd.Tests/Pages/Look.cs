using CustomerFeedback.Local.Machine;
using Microsoft.Playwright;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>What can be said of a page by measuring it, and a picture for whoever wants to look.</summary>
internal static class Look
{
    private static readonly string Screenshots = Path.Combine(Checkout.Root, ".local", "tests", "screenshots");

    /// <summary>Phone and desktop, in both languages.</summary>
    public static IReadOnlyList<(string Language, int Width)> Views { get; } =
    [("zh-CN", 390), ("zh-CN", 1280), ("en", 390), ("en", 1280)];

    /// <summary>Takes a picture; nothing may reach over the right edge, so that nobody has to scroll sideways.</summary>
    public static async Task At(IPage page, string name)
    {
        Directory.CreateDirectory(Screenshots);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
        var width = page.ViewportSize!.Width;
        var over = await page.EvaluateAsync<string[]>(
            """
            width => [...document.querySelectorAll("body *")]
              .filter(e => e.getBoundingClientRect().right > width + 0.5 && !e.closest(".scroll"))
              .map(e => e.outerHTML.slice(0, 120))
            """,
            width
        );
        over.ShouldBeEmpty(name);
        var scrolled = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        scrolled.ShouldBeLessThanOrEqualTo(width, name);
    }
}
