using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>
/// Where submissions wait for company: a few writers each take what has gathered and store it in one transaction. Nobody
/// waits for a batch to fill; under load it fills by itself while the one before is on its way. The queue is bounded: what
/// does not fit is turned away at once instead of slowing everybody.
/// </summary>
internal sealed class AcceptQueue(IOptions<IntakeOptions> options, AcceptBatch batches, TimeProvider clock)
    : BackgroundService
{
    private readonly IntakeOptions settings = options.Value;
    private readonly Channel<Submission> queue = Channel.CreateBounded<Submission>(
        new BoundedChannelOptions(options.Value.QueueCapacity)
    );

    /// <summary>How many wait for a writer.</summary>
    public int Waiting => queue.Reader.Count;

    /// <summary>Stores the submission, or gives up after the deadline. Null where there is no room.</summary>
    public async Task<Outcome?> Submit(Submission submission, CancellationToken ct)
    {
        if (!queue.Writer.TryWrite(submission))
            return null;

        try
        {
            return await submission.Outcome.WaitAsync(settings.AcceptDeadline, clock, ct);
        }
        catch (TimeoutException)
        {
            submission.Abandon();
            return new Outcome.Unavailable();
        }
        catch (OperationCanceledException)
        {
            submission.Abandon();
            throw;
        }
    }

    /// <summary>Takes in nothing more and stores what has been taken in.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    // The stopping token is not looked at: the queue's end is the end, so that what was taken in is stored.
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AcceptMetrics.Begin();
        return Task.WhenAll(Enumerable.Range(0, settings.Writers).Select(_ => Task.Run(Write, CancellationToken.None)));
    }

    private async Task Write()
    {
        var batch = new List<Submission>(settings.BatchSize);
        while (await queue.Reader.WaitToReadAsync())
        {
            Gather(batch);
            if (batch.Count < settings.BatchSize && settings.BatchLinger > TimeSpan.Zero)
            {
                await Task.Delay(settings.BatchLinger, clock);
                Gather(batch);
            }

            if (batch.Count == 0)
                continue;
            await batches.Run([.. batch]);
            batch.Clear();
        }
    }

    private void Gather(List<Submission> batch)
    {
        while (batch.Count < settings.BatchSize && queue.Reader.TryRead(out var submission))
        {
            if (submission.Take())
                batch.Add(submission);
        }
    }
}
