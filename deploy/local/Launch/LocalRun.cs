using CustomerFeedback.Local.Access;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using CustomerFeedback.Local.Story;

namespace CustomerFeedback.Local.Launch;

/// <summary>The whole system on one machine: from nothing to a closed ticket, until Ctrl-C.</summary>
internal static class LocalRun
{
    private static readonly string State = Path.Combine(Checkout.Root, ".local");
    private static readonly string Urls = Path.Combine(State, "urls.json");

    public static async Task<int> Run(Options options, CancellationToken stop)
    {
        using var alone = FileLock.TryTake(Path.Combine(State, "run", "lock"));
        if (alone is null)
        {
            Console.Error.WriteLine(
                $"The system already runs from this clone: see {Urls}. Stop it there (Ctrl-C) first."
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
        File.Delete(Urls);
        await RunRecord.EndLeftovers(State);
        foreach (
            var log in Directory.Exists(Path.Combine(State, "logs"))
                ? Directory.GetFiles(Path.Combine(State, "logs"), "*.log")
                : []
        )
            File.Delete(log);

        var secrets = Secrets.Kept(Path.Combine(State, "keys", "secrets.json"));
        using var key = SigningKey.Kept(Path.Combine(State, "keys", "signing-key.pem"));
        var jwks = Path.Combine(State, "keys", "jwks.json");
        key.WriteJwks(jwks);
        var serviceToken = Path.Combine(State, "service.jwt");
        LocalTokens.WriteService(key, serviceToken, TimeProvider.System.GetUtcNow());

        var record = RunRecord.In(State);
        await using (var servers = await ServerPair.Start(secrets, record, Say, stop))
        {
            var plan = new SystemPlan(
                State,
                await Databases.Ensure(servers.Postgres, Service.All, secrets.RolePassword, "", stop),
                servers.Broker,
                Settings(secrets, jwks, serviceToken),
                options.Replicas,
                options.Replicas,
                options.Port,
                ServicePortOffset: 0
            );
            await using var system = await FeedbackSystem.Start(plan, record, Say, stop);
            await Open(options, key, servers, system, stop);
        }

        record.Clear();
    }

    private static Dictionary<string, string> Settings(Secrets secrets, string jwks, string serviceToken)
    {
        var settings = secrets.Configuration(jwks);
        settings["Edges:TokenFile"] = serviceToken;
        settings["Survey:OfficialContact"] = "400-000-0000";
        // Whoever looks on does not want to wait a minute for the survey.
        settings["Survey:DispatchDelay"] = "00:00:02";
        return settings;
    }

    private static async Task Open(
        Options options,
        SigningKey key,
        ServerPair servers,
        FeedbackSystem system,
        CancellationToken stop
    )
    {
        var writing = new Lock();
        var tokens = LocalTokens.Write(key, Path.Combine(State, "tokens"), TimeProvider.System.GetUtcNow());
        WriteUrls();
        system.Changed = WriteUrls;
        servers.Changed = WriteUrls;
        try
        {
            Say($"ready: {system.Gateway}");
            if (options.Demo)
                await TheLoop.Play(system.Gateway, tokens, stop);

            WhereToLook(system.Gateway, system.Of("gateway")[0].Management);
            await Task.Delay(Timeout.Infinite, stop);
        }
        finally
        {
            system.Changed = () => { };
            servers.Changed = () => { };
            lock (writing)
                File.Delete(Urls);

            Say("stopping ...");
        }

        void WriteUrls()
        {
            lock (writing)
                UrlsFile.Write(Urls, system, Service.All.Select(s => s.Name), servers);
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
