using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults.Upgrade;

/// <summary>A copy of the sources with the next build's changes in it, built.</summary>
internal static class NextBuild
{
    private const string Hosts = "Hosts.slnf";

    /// <summary>The copy: kept, so that only what has changed since is built again.</summary>
    public static string Root { get; } = Path.Combine(Checkout.Root, ".local", "upgrade");

    public static async Task Make(Action<string> say, CancellationToken ct)
    {
        say($"copying and changing the sources: {Root}");
        var files = await Sources(ct);
        foreach (var gone in Kept().Except(files.Keys, StringComparer.Ordinal))
            File.Delete(Path.Combine(Root, gone));
        foreach (var (file, text) in files)
            await Write(file, text, ct);

        say("building the next build");
        var log = Path.Combine(Root, "build.log");
        var built = await Command.Try(
            [DotNet.Host, "build", Hosts, "-c", Configuration, "-p:RunAnalyzers=false", "-nologo", "-v", "quiet"],
            folder: Root,
            ct: ct
        );
        await File.WriteAllTextAsync(log, built.Output, ct);
        if (built.Code != 0)
            throw new LocalRunException($"The next build could not be built: see {log}");
    }

    /// <summary>As this program was built.</summary>
    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    /// <summary>What git knows or would take, from here as it is now, changed.</summary>
    private static async Task<Dictionary<string, byte[]>> Sources(CancellationToken ct)
    {
        var listed = await Command.Run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            folder: Checkout.Root,
            ct: ct
        );
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in listed.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(Checkout.Root, file);
            if (File.Exists(path)) // else removed and not yet committed
                files[file] = await File.ReadAllBytesAsync(path, ct);
        }

        foreach (var edit in Edit.All)
        {
            var text = files.TryGetValue(edit.File, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null;
            files[edit.File] = System.Text.Encoding.UTF8.GetBytes(edit.Applied(text));
        }

        files[Hosts] = System.Text.Encoding.UTF8.GetBytes(Filter(files.Keys));
        return files;
    }

    private static string Filter(IEnumerable<string> files)
    {
        var projects = files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => file.Split('/') is ["gateway" or "contracts", _] or ["services", ..])
            .Order(StringComparer.Ordinal)
            .Select(file => $"\"{file}\"");
        return $$"""{ "solution": { "path": "CustomerFeedback.sln", "projects": [{{string.Join(", ", projects)}}] } }""";
    }

    private static IEnumerable<string> Kept() =>
        Directory.Exists(Root)
            ? Directory
                .EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file))
                .Where(file => !file.Split('/').Intersect((string[])["bin", "obj"]).Any())
            : [];

    /// <summary>A file that is as it was keeps its time, and what was built from it stays built.</summary>
    private static async Task Write(string file, byte[] text, CancellationToken ct)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var kept = File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null;
        if (kept is null || !kept.SequenceEqual(text))
            await File.WriteAllBytesAsync(path, text, ct);
        var original = Path.Combine(Checkout.Root, file);
        if (!OperatingSystem.IsWindows() && File.Exists(original))
            File.SetUnixFileMode(path, File.GetUnixFileMode(original)); // scripts are run by the build
    }
}
