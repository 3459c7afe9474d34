using System.Security.Cryptography;
using System.Text;

namespace CustomerFeedback.Local.Machine;

/// <summary>Where this clone lies and what was built in it.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Two clones on one machine differ by this (it names folders outside the clone).</summary>
    public static string Key { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)).AsSpan(0, 4));

    /// <summary>The assembly of another project, built in the configuration this program was built in.</summary>
    /// <param name="root">Another copy of the sources than this clone.</param>
    public static string Dll(string folder, string name, string? root = null)
    {
        // .../bin/<configuration>/<framework>/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var dll = Path.Combine(root ?? Root, folder, "bin", output.Parent!.Name, output.Name, $"{name}.dll");
        return File.Exists(dll)
            ? dll
            : throw new LocalRunException($"{dll} is missing: build the solution first (dotnet build).");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CustomerFeedback.sln")))
                return folder.FullName;
        }

        throw new LocalRunException($"No CustomerFeedback.sln in or above {AppContext.BaseDirectory}.");
    }
}
