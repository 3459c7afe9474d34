using System.Diagnostics;

namespace CustomerFeedback.Platform.Tests.Settings;

/// <summary>A folder as Kubernetes mounts a Secret: each file a link through <c>..data</c>, which is turned around in one step.</summary>
internal sealed class MountedFolder : IDisposable
{
    private int versions;

    public MountedFolder(params (string File, string Text)[] files) => Turn(files);

    public string Path { get; } = Directory.CreateTempSubdirectory("mounted-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>All files at once are these.</summary>
    public void Turn(params (string File, string Text)[] files)
    {
        var version = $"..version_{++versions}";
        Directory.CreateDirectory(File(version));
        foreach (var (name, text) in files)
            System.IO.File.WriteAllText(System.IO.Path.Combine(File(version), name), text);
        Directory.CreateSymbolicLink(File("..data_tmp"), version);
        // rename(2) over the old link; the class library has no such call for links to folders.
        using var move = Process.Start("mv", ["-T", File("..data_tmp"), File("..data")]);
        move.WaitForExit();
        move.ExitCode.ShouldBe(0);
        foreach (var (name, _) in files.Where(one => !System.IO.File.Exists(File(one.File))))
            System.IO.File.CreateSymbolicLink(File(name), $"..data/{name}");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
