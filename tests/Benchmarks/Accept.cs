namespace CustomerFeedback.Benchmarks;

/// <summary>
/// Durable accept alone, direct and through the gateway, in turn with the raw inserts they are compared to. Events leave for the
/// broker meanwhile, and nobody is there to consume them: what it costs to work off what was accepted is the pipeline's figure.
/// </summary>
internal static class Accept
{
    private const int Connections = 16;
    private const int Rounds = 3;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task Run(MeasuredSystem system, CancellationToken ct)
    {
        var raw = new RawAccept(system.Databases["intake"]);
        await raw.Prepare();
        await using var backlogs = await Backlogs.Of(system, ct);
        for (var i = 0; i < Rounds; i++) // a host reaches its speed only when its hot code has been compiled again
        {
            await Saturate(system, system.Intake, ct);
            await Saturate(system, system.Gateway, ct);
        }

        var rounds = new List<(double Raw, double Direct, double Gateway)>();
        for (var i = 0; i < Rounds; i++)
        {
            await backlogs.Sent("intake", ct);
            var inserts = await raw.Run(Connections, Duration);
            var direct = await Saturate(system, system.Intake, ct);
            await backlogs.Sent("intake", ct);
            var gateway = await Saturate(system, system.Gateway, ct);
            rounds.Add((inserts, direct, gateway));
        }

        var (r, d, g) = (
            Figures.Median(rounds.Select(x => x.Raw)),
            Figures.Median(rounds.Select(x => x.Direct)),
            Figures.Median(rounds.Select(x => x.Gateway))
        );
        Figures.Title($"Durable accept, {Connections} connections, {Rounds} rounds in turn, medians");
        Figures.Print("raw accept (request + outbox row, one statement)", $"{r:0} /s");
        Figures.Print(
            "POST /v1/requests, Intake direct",
            $"{d:0} /s",
            $"{d / r:0.00} x raw: {Verdict.Least(0.35, 0.7).Of(d / r)}"
        );
        Figures.Print(
            "POST /v1/requests, through the gateway",
            $"{g:0} /s",
            $"{g / d:0.00} x direct: {Verdict.Least(0.8, 0.9).Of(g / d)}"
        );

        await Latencies(system, backlogs, d * 0.3, ct);
    }

    /// <summary>In turn as well: what a busy second leaves behind in the broker and the database would be charged to whoever comes next.</summary>
    private static async Task Latencies(MeasuredSystem system, Backlogs backlogs, double rate, CancellationToken ct)
    {
        List<double> direct = [];
        List<double> gateway = [];
        var added = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            await backlogs.Sent("intake", ct);
            var near = await AtRate(system, system.Intake, rate, ct);
            await backlogs.Sent("intake", ct);
            var far = await AtRate(system, system.Gateway, rate, ct);
            added.Add(Figures.Percentile(far, 0.5) - Figures.Percentile(near, 0.5));
            direct.AddRange(near);
            gateway.AddRange(far);
        }

        var more = Figures.Median(added);
        Figures.Print($"direct at {rate:0} /s, open model", Latency([.. direct.Order()]));
        Figures.Print(
            $"gateway at {rate:0} /s, open model",
            Latency([.. gateway.Order()]),
            $"p50 +{more:0.00} ms: {Verdict.Most(1).Of(more)}"
        );
    }

    public static string Latency(double[] sorted) =>
        $"p50 {Figures.Percentile(sorted, 0.5):0.0} ms, p99 {Figures.Percentile(sorted, 0.99):0.0} ms";

    public static async Task<(int Status, ReadOnlyMemory<byte> Answer)> Post(
        MeasuredSystem system,
        HttpConnection connection,
        Uri host,
        CancellationToken ct
    )
    {
        var (status, answer) = await connection.Exchange(Requests.Next(host, system.Tokens["integration"]), ct);
        return status == 201
            ? (status, answer)
            : throw new InvalidOperationException($"A request was answered by {status}.");
    }

    private static Task<double> Saturate(MeasuredSystem system, Uri host, CancellationToken ct) =>
        WithConnections(
            host,
            connections => Load.Saturate(Connections, Duration, i => () => Post(system, connections[i], host, ct)),
            ct
        );

    private static Task<double[]> AtRate(MeasuredSystem system, Uri host, double rate, CancellationToken ct) =>
        WithConnections(
            host,
            connections =>
                Load.AtRate(rate, Duration, Connections, i => (_, _) => Post(system, connections[i], host, ct)),
            ct
        );

    public static async Task<T> WithConnections<T>(Uri host, Func<HttpConnection[], Task<T>> use, CancellationToken ct)
    {
        var connections = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => HttpConnection.Open(host, ct))
        );
        try
        {
            return await use(connections);
        }
        finally
        {
            foreach (var connection in connections)
                connection.Dispose();
        }
    }
}
