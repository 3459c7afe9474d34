using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.TestKit;

/// <summary>Prometheus' own checker: from the path, else out of Debian's package (as root), without its server.</summary>
public static class Promtool
{
    private static readonly Lazy<Task<string>> Program = new(Find);

    /// <summary>Runs <c>promtool WORDS</c> in a folder of its own that holds these files.</summary>
    /// <param name="files">Name and content; the one called <c>stdin</c> is its input.</param>
    /// <returns>Its exit code and all it printed.</returns>
    public static async Task<(int Code, string Output)> Run(
        IReadOnlyDictionary<string, string> files,
        params string[] words
    )
    {
        var program = await Program.Value;
        var folder = Directory.CreateTempSubdirectory("promtool-").FullName;
        try
        {
            foreach (var (name, content) in files.Append(KeyValuePair.Create("nothing", "")))
                await File.WriteAllTextAsync(Path.Combine(folder, name), content);
            string[] shell = ["sh", "-c", "input=$1; shift; exec \"$@\" < \"$input\"", "sh"];
            var input = files.ContainsKey("stdin") ? "stdin" : "nothing";
            var outcome = await Command.Try([.. shell, input, program, .. words], folder: folder);
            return (outcome.Code, outcome.Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> Find()
    {
        if (Command.Find("promtool") is { } installed)
            return installed;
        var ours = Path.Combine(Checkout.Root, ".local", "tools", "promtool");
        using var alone = await FileLock.Take(ours + ".lock");
        if (File.Exists(ours))
            return ours;
        if (!Apt.IsUsable)
            throw new LocalRunException(
                "promtool is missing (Debian: sudo apt-get install --no-install-recommends prometheus)."
            );
        await Apt.Extract("prometheus", "usr/bin/promtool", ours, CancellationToken.None);
        return ours;
    }
}
