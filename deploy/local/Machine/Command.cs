using System.Diagnostics;

namespace CustomerFeedback.Local.Machine;

/// <summary>Runs a program to its end and gives what it printed.</summary>
internal static class Command
{
    public sealed record Outcome(int Code, string Output);

    public static async Task<Outcome> Try(
        IEnumerable<string> words,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null,
        CancellationToken ct = default
    )
    {
        var list = words.ToList();
        var start = new ProcessStartInfo(list[0], list.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "/",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new LocalRunException($"{list[0]} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, (await output + await errors).Trim());
    }

    public static async Task<string> Run(
        IEnumerable<string> words,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null,
        CancellationToken ct = default
    )
    {
        var list = words.ToList();
        var outcome = await Try(list, environment, folder, ct);
        return outcome.Code == 0
            ? outcome.Output
            : throw new LocalRunException($"{string.Join(' ', list)} ended with {outcome.Code}:\n{outcome.Output}");
    }

    /// <summary>The program's full path, looked up as a shell would; null when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
