using CustomerFeedback.Deployment.Tests.Rules;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;

namespace CustomerFeedback.Deployment.Tests.Running;

/// <summary>A database dumped, made anew and restored by the words of the run book, with this machine's server in the place of the pods.</summary>
internal static class CarriedOver
{
    private const string InThePod = " -c postgres -- ";

    /// <summary>The commands that the run book has run in PostgreSQL's pods.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. RunBook
            .Blocks(RunBook.Text, "bash")
            .Single(block => block.Contains("pg_restore", StringComparison.Ordinal))
            .Split('\n')
            .Where(line => line.Contains(InThePod, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(InThePod, StringComparison.Ordinal) + InThePod.Length)..]),
    ];

    public static async Task Over(RoleDatabases databases)
    {
        var programs = await ServerBinaries.Postgres(CancellationToken.None);
        var server = databases.Environment();
        server["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";
        var folder = Directory.CreateTempSubdirectory("customerfeedback-carried-").FullName;
        try
        {
            foreach (var command in Commands)
                await Command.Run(["sh", "-ec", databases.Named(command)], server, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
