namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>The assemblies of .NET itself: what the runtime brings along, without ASP.NET Core and without packages.</summary>
internal static class BaseLibrary
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static bool Has(string assembly) =>
        assembly is "netstandard"
        || (
            (assembly == "System" || assembly.StartsWith("System.", StringComparison.Ordinal))
            && File.Exists(Path.Combine(Folder, $"{assembly}.dll"))
        );
}
