using System.Collections.Concurrent;
using System.Diagnostics;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// A survey's answer: how many a second are taken in durably, next to raw inserts; and how long it takes until a number that an
/// analyst asks for has it in it.
/// </summary>
internal static class Responses
{
    private const int Connections = 16;
    private const int Rounds = 3;
    private const int Burst = 3000;
    private const int Watched = 120;
    private const int Others = 200_000;
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    public static async Task Run(MeasuredSystem system, CancellationToken ct)
    {
        await using var backlogs = await Backlogs.Of(system, ct);
        var surveys = await Surveys.Invite(system, Watched, Others, ct);
        var survey = system.Of("survey").Url;
        await Accepted(system, surveys, survey, ct);
        await backlogs.Drained(ct);

        await Send(system.Gateway, surveys.Before(system.Gateway), ct);
        var sustained = new List<double>();
        for (var i = 0; i <= Rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            await Send(survey, Enumerable.Range(0, Burst).Select(_ => surveys.Next(survey)), ct);
            await backlogs.Drained(ct);
            if (i > 0) // the first one warms up
                sustained.Add(Burst / clock.Elapsed.TotalSeconds);
        }

        await Ask(system, ct);
        var burst = Figures.Median(sustained);
        Figures.Print($"answered and counted, {Burst} at once", $"{burst:0} /s");
        var rate = await Steady.Rate(
            burst,
            each => Evenly(system, each, Steady.Stretch, _ => surveys.Next(system.Gateway), (_, _) => { }, ct),
            backlogs,
            ct
        );
        Figures.Print("answered and counted evenly, nothing piling up", $"{rate:0} /s");
        var latencies = await Visible(system, surveys, rate / 2, ct);
        Figures.Print(
            $"answered -> in the number at {rate / 2:0} /s",
            Accept.Latency(latencies),
            $"p99: {Verdict.Most(500, 250).Of(Figures.Percentile(latencies, 0.99))}"
        );
        Figures.Print(
            $"waiting after {Duration.TotalSeconds:0} s at that rate",
            $"{await backlogs.Everything(ct)} messages"
        );
    }

    /// <summary>Survey alone, in turn with the raw inserts; what comes of the answers waits.</summary>
    private static async Task Accepted(MeasuredSystem system, Surveys surveys, Uri survey, CancellationToken ct)
    {
        var raw = new RawAccept(system.Databases["survey"]);
        await raw.Prepare();
        using var standstill = new Standstill(system, MeasuredSystem.Whole.Where(service => service != "survey"));
        for (var i = 0; i < Rounds; i++) // warm-up
            await Saturate();
        var rounds = new List<(double Raw, double Ours)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add((await raw.Run(Connections, Stretch), await Saturate()));

        var (r, o) = (Figures.Median(rounds.Select(x => x.Raw)), Figures.Median(rounds.Select(x => x.Ours)));
        Figures.Title($"Survey responses, {Connections} connections, {Rounds} rounds in turn, medians");
        Figures.Print("raw accept (request + outbox row, one statement)", $"{r:0} /s");
        Figures.Print(
            "POST /v1/survey-links/.../response, Survey direct",
            $"{o:0} /s",
            $"{o / r:0.00} x raw: {Verdict.Least(0.35, 0.7).Of(o / r)}"
        );

        Task<double> Saturate() =>
            Accept.WithConnections(
                survey,
                connections =>
                    Load.Saturate(
                        Connections,
                        Stretch,
                        i => () => Post(connections[i], surveys.Next(survey), ct).AsTask()
                    ),
                ct
            );
    }

    private static async Task<double[]> Visible(
        MeasuredSystem system,
        Surveys surveys,
        double rate,
        CancellationToken ct
    )
    {
        var latencies = new ConcurrentBag<double>();
        var watchers = new ConcurrentBag<Task>();
        var oneIn = (int)(rate * Duration.TotalSeconds / Watched) + 1;
        await Evenly(
            system,
            rate,
            Duration,
            k => k % oneIn == 0 ? surveys.Watched(system.Gateway, k / oneIn) : surveys.Next(system.Gateway),
            (k, due) =>
            {
                if (k % oneIn == 0)
                    watchers.Add(Watch(system, k / oneIn, due, latencies, ct));
            },
            ct
        );
        await Task.WhenAll(watchers);
        return [.. latencies.Order()];
    }

    /// <summary>Answers through the gateway at a rate.</summary>
    private static Task<double[]> Evenly(
        MeasuredSystem system,
        double rate,
        TimeSpan duration,
        Func<int, byte[]> answer,
        Action<int, long> answered,
        CancellationToken ct
    ) =>
        Accept.WithConnections(
            system.Gateway,
            connections =>
                Load.AtRate(
                    rate,
                    duration,
                    connections.Length,
                    i =>
                        async (k, late) =>
                        {
                            var due = Stopwatch.GetTimestamp() - (long)(late.TotalSeconds * Stopwatch.Frequency);
                            await Post(connections[i], answer(k), ct);
                            answered(k, due);
                        }
                ),
            ct
        );

    /// <summary>Warms up the way of the question.</summary>
    private static async Task Ask(MeasuredSystem system, CancellationToken ct)
    {
        using var connection = await HttpConnection.Open(system.Gateway, ct);
        var question = Surveys.Question(system.Gateway, system.Tokens["analyst"], store: 0);
        for (var i = 0; i < 300; i++)
            await connection.Exchange(question, ct);
    }

    /// <summary>Asks for the number as an analyst would, again and again until the answer is in it.</summary>
    private static async Task Watch(
        MeasuredSystem system,
        int store,
        long due,
        ConcurrentBag<double> latencies,
        CancellationToken ct
    )
    {
        using var connection = await HttpConnection.Open(system.Gateway, ct);
        var question = Surveys.Question(system.Gateway, system.Tokens["analyst"], store);
        while (!Surveys.IsCounted((await connection.Exchange(question, ct)).Answer.Span))
            await Load.Breath(due, ct);

        latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
    }

    private static Task<bool> Send(Uri host, IEnumerable<byte[]> answers, CancellationToken ct)
    {
        var left = new ConcurrentQueue<byte[]>(answers);
        return Accept.WithConnections(
            host,
            async connections =>
            {
                await Task.WhenAll(
                    connections.Select(async connection =>
                    {
                        while (left.TryDequeue(out var answer))
                            await Post(connection, answer, ct);
                    })
                );
                return true;
            },
            ct
        );
    }

    private static async ValueTask Post(HttpConnection connection, byte[] answer, CancellationToken ct)
    {
        var (status, _) = await connection.Exchange(answer, ct);
        if (status != 201)
            throw new InvalidOperationException($"A survey's answer was answered by {status}.");
    }
}
