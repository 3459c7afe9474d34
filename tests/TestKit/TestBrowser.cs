using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.TestKit;

/// <summary>Debian's Chromium, found or installed as the servers are.</summary>
public static class TestBrowser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>The path of the browser's program.</summary>
    public static async Task<string> Program()
    {
        if (Environment.GetEnvironmentVariable("TEST_CHROMIUM") is { Length: > 0 } given)
            return given;

        if (Find() is { } found)
            return found;

        // Chinese pages need glyphs: without a CJK font the browser draws boxes.
        if (Apt.IsUsable)
            await Apt.Install(["chromium", "fonts-noto-cjk"], Console.WriteLine, CancellationToken.None);

        return Find()
            ?? throw new LocalRunException(
                "Chromium is missing. On Debian: sudo apt-get install --no-install-recommends chromium fonts-noto-cjk (or name one in TEST_CHROMIUM)."
            );
    }

    private static string? Find() => Names.Select(Command.Find).FirstOrDefault(path => path is not null);
}
