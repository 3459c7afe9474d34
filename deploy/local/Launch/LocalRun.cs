using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Story;

namespace CustomerFeedback.Local.Launch;

/// <summary>The whole system on one machine: from nothing to a closed ticket, until Ctrl-C.</summary>
internal static class LocalRun
{
    private static readonly string State = Path.Combine(Checkout.Root, ".local");

    public static async Task<int> Run(Options options, CancellationToken stop)
    {
        using var alone = FileLock.TryTake(Path.Combine(State, "run", "lock"));
        if (alone is null)
        {
            Console.Error.WriteLine(
                $"The system already runs from this clone: see {Site.AddressesIn(State)}. Stop it there (Ctrl-C) first."
            );
            return 1;
        }

        try
        {
            await Play(options, stop);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (LocalRunException e)
        {
            Console.Error.WriteLine($"\n{e.Message}");
            return 1;
        }
        finally
        {
            Say("stopped");
        }
    }

    private static async Task Play(Options options, CancellationToken stop)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Whoever looks on does not want to wait a minute for the survey.
            ["Survey:DispatchDelay"] = "00:00:02",
        };
        var plan = new SitePlan(State, Data: "", options.Replicas, options.Port, settings);
        await using var site = await Site.Start(plan, Say, stop);
        try
        {
            Say($"ready: {site.System.Gateway}");
            if (options.Demo)
                await TheLoop.Play(site.System.Gateway, site.Tokens, stop);

            WhereToLook(site.System.Gateway, site.System.Of("gateway")[0].Management);
            await Task.Delay(Timeout.Infinite, stop);
        }
        finally
        {
            Say("stopping ...");
        }
    }

    private static void WhereToLook(Uri gateway, Uri management) =>
        Console.WriteLine(
            $"""

            Where to look
              API            {gateway} (documentation: {new Uri(gateway, "/docs")})
              tokens         .local/tokens/*.jwt, as in
                             curl -H "Authorization: Bearer $(cat .local/tokens/agent.jwt)" {new Uri(
                gateway,
                "/v1/tickets"
            )}
              addresses      .local/urls.json
              metrics        {new Uri(management, "/metrics")} of the gateway; of the others at "management" in
                             .local/urls.json
              logs           .local/logs/

            Ctrl-C stops everything.
            """
        );

    private static void Say(string text) => Console.WriteLine($"[{TimeProvider.System.GetLocalNow():HH:mm:ss}] {text}");
}
