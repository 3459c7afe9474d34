using System.Diagnostics;
using System.Text.Json;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Every document is what the cluster it is sent to would take: asked of validate.mjs.</summary>
internal static class SchemaRule
{
    public static async Task<IReadOnlyList<string>> Faults(IReadOnlyList<Manifest> manifests)
    {
        var node = Command.Find("node") ?? throw new LocalRunException(NodePackages.Missing("node"));
        var start = new ProcessStartInfo(node, [Path.Combine(NodePackages.Folder, "validate.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, manifests.Select(m => m.Json));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"validate.mjs ended with {process.ExitCode}:\n{await errors}");

        var faults = JsonSerializer.Deserialize<string[][]>(await output)!;
        return [.. manifests.Zip(faults).SelectMany(pair => pair.Second.Select(fault => $"{pair.First}: {fault}"))];
    }
}
