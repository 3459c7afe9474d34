using System.Runtime.InteropServices;

namespace CustomerFeedback.Local.Machine;

/// <summary>The <c>dotnet</c> that runs us, whatever PATH says.</summary>
internal static class DotNet
{
    // <root>/shared/Microsoft.NETCore.App/<version>/
    public static string Host { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
