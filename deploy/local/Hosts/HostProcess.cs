using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Hosts;

/// <summary>How one process of a service, or of the gateway, is started.</summary>
internal sealed record HostPlan(
    string Name,
    string Dll,
    Func<int, string> Address,
    int Port,
    string Log,
    IReadOnlyDictionary<string, string> Settings
);

/// <summary>One process of a service or of the gateway. When it dies it is started again a second later, at the same address.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>How far above its port the search for a management port begins.</summary>
    private const int ManagementOffset = 1000;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(1);
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly RunRecord _record;
    private readonly Action<string> _say;
    private HostPlan _plan;
    private CancellationTokenSource _stopping = new();
    private Detached _process;
    private Task _supervision = Task.CompletedTask;

    private HostProcess(HostPlan plan, RunRecord record, Action<string> say)
    {
        (_plan, _record, _say) = (plan, record, say);
        Url = new Uri(plan.Address(Ports.Next(plan.Port)));
        Management = new Uri($"http://127.0.0.1:{Ports.Next(plan.Port + ManagementOffset)}");
        _process = Launch();
    }

    /// <summary>It runs again, under another process number.</summary>
    public Action Restarted { get; set; } = () => { };

    public string Name => _plan.Name;

    public Uri Url { get; }

    /// <summary>Where it tells its metrics and how it is.</summary>
    public Uri Management { get; }

    public int Pid => _process.Mark.Pid;

    public static async Task<HostProcess> Start(
        HostPlan plan,
        RunRecord record,
        Action<string> say,
        CancellationToken ct
    )
    {
        var attempt = 0;
        while (true)
        {
            attempt++;
            var host = new HostProcess(plan, record, say);
            try
            {
                if (await host.IsReady(ct))
                {
                    host._supervision = host.Supervise();
                    return host;
                }
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }

            // Another program may have taken the port between our look and the host's.
            var why = host._process.Tail(40);
            await host.DisposeAsync();
            if (attempt == 5 || !why.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
                throw new LocalRunException($"{plan.Name} did not start; {plan.Log} ends with:\n{why}");
        }
    }

    /// <summary>Configuration as environment variables; a local run is configured as production is, by values and not by a mode.</summary>
    public static Dictionary<string, string> Environment(IReadOnlyDictionary<string, string> settings) =>
        new(
            settings.Select(s => KeyValuePair.Create(s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value)),
            StringComparer.Ordinal
        )
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
        };

    /// <summary>Waits until the host answers that it is ready; false when it ended instead.</summary>
    public async Task<bool> IsReady(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        try
        {
            while (!_process.HasExited)
            {
                if (await SaysReady(limit.Token))
                    return true;

                await Task.Delay(50, limit.Token);
            }

            return false;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new LocalRunException(
                $"{Name} is not ready after {StartLimit}; {_plan.Log} ends with:\n{_process.Tail()}",
                e
            );
        }
    }

    /// <summary>Asks the process to end as Kubernetes does, and does not start it again.</summary>
    /// <param name="grace">From the signal to the end, <c>Drain:Delay</c> included; a process that needs longer is a failure.</param>
    public async Task Stop(TimeSpan grace)
    {
        await EndSupervision();
        _stopping = new();
        if (!await _process.Stop(Native.Terminate, grace))
            throw new LocalRunException(
                $"{Name} did not end within {grace}; {_plan.Log} ends with:\n{_process.Tail()}"
            );
    }

    /// <summary>Starts a stopped host again at its address, from another build where one is named.</summary>
    public async Task StartAgain(string? dll, CancellationToken ct)
    {
        _process.Dispose();
        _plan = _plan with { Dll = dll ?? _plan.Dll };
        _process = Launch();
        if (!await IsReady(ct))
            throw new LocalRunException($"{Name} did not start; {_plan.Log} ends with:\n{_process.Tail(40)}");

        _supervision = Supervise();
        Restarted();
    }

    public async ValueTask DisposeAsync()
    {
        await EndSupervision();
        await _process.Stop(Native.Terminate, TimeSpan.FromSeconds(10));
        _process.Dispose();
    }

    private async Task EndSupervision()
    {
        await _stopping.CancelAsync();
        await _supervision;
        _stopping.Dispose();
    }

    private async Task<bool> SaysReady(CancellationToken ct)
    {
        try
        {
            using var answer = await Probe.GetAsync(new Uri(Url, "/readyz"), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false; // not listening yet
        }
    }

    private async Task Supervise()
    {
        try
        {
            while (true)
            {
                await _process.Exited.WaitAsync(_stopping.Token);
                _say($"{Name} (process {Pid}) ended; starting it again");
                await Task.Delay(RestartAfter, _stopping.Token);
                _process.Dispose();
                _process = Launch();
                Restarted();
            }
        }
        catch (OperationCanceledException)
        {
            // being stopped
        }
    }

    private Detached Launch()
    {
        var environment = Environment(_plan.Settings);
        environment["ASPNETCORE_URLS"] = Url.GetLeftPart(UriPartial.Authority);
        environment["Management__Url"] = Management.GetLeftPart(UriPartial.Authority);
        var process = Detached.Start(
            [DotNet.Host, _plan.Dll],
            _plan.Log,
            Path.GetDirectoryName(_plan.Dll)!,
            environment
        );
        _record.Add(Name, process.Mark);
        return process;
    }
}
