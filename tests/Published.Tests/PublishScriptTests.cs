using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Published.Tests;

/// <summary>The script that images are made with, where it cannot give all that belongs in one. It builds, so it is run by name as what it publishes is.</summary>
public sealed class PublishScriptTests : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("publish-").FullName;

    [Fact(Explicit = true)]
    public async Task Without_npm_analytics_is_not_published()
    {
        var sources = Path.Combine(work, "src");
        foreach (var part in (string[])["contracts", "gateway", "services", "deploy/docker"])
            Copy(part, sources);
        foreach (var file in Directory.EnumerateFiles(Checkout.Root).Append($"{Checkout.Root}/deploy/restore-npm.sh"))
            File.Copy(file, Path.Combine(sources, Path.GetRelativePath(Checkout.Root, file)));

        var published = Path.Combine(work, "out");
        var outcome = await Command.Try(
            [Path.Combine(sources, "deploy/docker/publish.sh"), "Analytics", published],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] =
                    $"{FailingNpm()}:{Path.GetDirectoryName(DotNet.Host)}:{Environment.GetEnvironmentVariable("PATH")}",
            },
            sources
        );

        outcome.Code.ShouldNotBe(0, outcome.Output);
        outcome.Output.ShouldContain("npm ci failed");
        outcome.Output.ShouldContain("error : The dashboard would be published without charts");
        File.Exists(Path.Combine(published, "Analytics.dll")).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    private string FailingNpm()
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "npm"), Command.Find("false")!);
        return folder;
    }

    /// <summary>As an image gets it: without anything that was built or restored here.</summary>
    private static void Copy(string part, string to)
    {
        var from = new DirectoryInfo(Path.Combine(Checkout.Root, part));
        var folder = Directory.CreateDirectory(Path.Combine(to, part)).FullName;
        foreach (var file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(folder, file.Name));
        foreach (
            var below in from.EnumerateDirectories().Where(one => one.Name is not ("bin" or "obj" or "node_modules"))
        )
            Copy(Path.Combine(part, below.Name), to);
    }
}
