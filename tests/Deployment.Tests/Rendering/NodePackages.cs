using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests.Rendering;

/// <summary>Where the build restored what package-lock.json names.</summary>
internal static class NodePackages
{
    public static string Folder { get; } = Path.Combine(Checkout.Root, "tests/Deployment.Tests");

    public static string Missing(string file) =>
        $"{file} is missing: the build restores it with npm (Debian: sudo apt-get install --no-install-recommends npm; then build again).";
}
