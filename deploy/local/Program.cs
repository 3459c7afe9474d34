using System.Runtime.InteropServices;
using CustomerFeedback.Local.Launch;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;

if (args is ["keep-test-servers", var home])
    return await TestServersKeeper.Run(home);

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine(
        "The local run starts Linux servers with Linux tools: run it on Linux (WSL or a virtual machine will do)."
    );
    return 2;
}

Native.HeedInterrupts();
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);

try
{
    return await LocalRun.Run(Options.Parse(args), stop.Token);
}
catch (LocalRunException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

// Ours to handle: the process ends when everything it started has been stopped.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
