using System.Text.Json;
using CustomerFeedback.Local.Machine;
using Microsoft.Playwright;

namespace CustomerFeedback.EndToEnd.Tests.Pages;

/// <summary>The accessibility checker axe-core, run in a page.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(
        Checkout.Root,
        "tests",
        "EndToEnd.Tests",
        "node_modules",
        "axe-core",
        "axe.min.js"
    );

    /// <summary>Each violation of WCAG 2.2 A and AA and of axe's best practices: rule, explanation, places.</summary>
    public static async Task<IReadOnlyList<string>> Violations(IPage page)
    {
        File.Exists(Script)
            .ShouldBeTrue($"{Script} is missing: the build restores it with npm and says why when it cannot.");
        await page.AddScriptTagAsync(new() { Path = Script });
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run()");
        return
        [
            .. result
                .GetProperty("violations")
                .EnumerateArray()
                .Select(v =>
                    $"{v.GetProperty("id").GetString()}: {v.GetProperty("help").GetString()} at {string.Join("; ", v.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("html").GetString()))}"
                ),
        ];
    }
}
