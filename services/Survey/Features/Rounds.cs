namespace CustomerFeedback.Survey.Features;

/// <summary>A worker's rounds: one after the other until the host stops; a failure is logged and tried again a little later.</summary>
internal static class Rounds
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static async Task Forever(
        string worker,
        Func<CancellationToken, Task> round,
        TimeProvider time,
        ILogger log,
        CancellationToken stopping
    )
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await round(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.WorkerFailed(log, e, worker, Pause);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
