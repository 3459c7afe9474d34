using System.Runtime.InteropServices;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults;

/// <summary>Ctrl-C and its kin end a run in order: what it started is stopped first.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _heard;

    public StopSignals()
    {
        Native.HeedInterrupts();
        _heard =
        [
            .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal =>
                PosixSignalRegistration.Create(signal, Stop)
            ),
        ];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var heard in _heard)
            heard.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
    }
}
