using System.Runtime.InteropServices;

namespace CustomerFeedback.Local.Machine;

/// <summary>The few system calls that the base library has no name for.</summary>
internal static partial class Native
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal; a process that is already gone is fine.</summary>
    public static void Signal(int pid, int signal) => _ = SendSignal(pid, signal);

    public static void Own(string path, Account account)
    {
        if (ChangeOwner(path, account.User, account.Group) != 0)
            throw new LocalRunException(
                $"{path} could not be given to {account.Name} (errno {Marshal.GetLastPInvokeError()})."
            );
    }

    /// <summary>
    /// A script that starts us in the background has us ignore Ctrl-C's signal, and the runtime respects that; we still want to be stoppable by it.
    /// </summary>
    public static void HeedInterrupts() => _ = SetHandler(Interrupt, 0);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
