namespace CustomerFeedback.Contracts.Tests;

/// <summary>Files of this clone that a test compares with, and rewrites when asked to by <c>UPDATE_FROZEN=1</c>.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static bool Update => Environment.GetEnvironmentVariable("UPDATE_FROZEN") == "1";

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CustomerFeedback.sln")))
                return folder.FullName;
        throw new InvalidOperationException("Not in a clone of the repository.");
    }
}
