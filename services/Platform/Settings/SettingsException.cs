namespace CustomerFeedback.Settings;

/// <summary>Settings are missing or wrong: one line each, by name. As the end of a process it is these lines and <see cref="ExitCode"/>.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>EX_CONFIG of sysexits: the configuration is at fault, a restart will not help.</summary>
    public const int ExitCode = 78;

    private static int listening;

    public IReadOnlyList<string> Faults => faults;

    /// <summary>Nobody above has caught it: the lines, without the stack that says nothing to whoever sets the settings, and without a dump.</summary>
    internal static void EndProcessesCleanly()
    {
        if (Interlocked.Exchange(ref listening, 1) == 1)
            return;
        AppDomain.CurrentDomain.UnhandledException += (_, end) =>
        {
            if (end.ExceptionObject is not SettingsException wrong)
                return;
            Console.Error.WriteLine(wrong.Message);
            Environment.Exit(ExitCode);
        };
    }
}
