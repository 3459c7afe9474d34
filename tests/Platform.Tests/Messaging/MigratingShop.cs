using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Messaging;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>The verb <c>migrate</c> in a process of its own, because how the process ends belongs to it.</summary>
internal sealed class MigratingShop : IDisposable
{
    public const string Verb = "migrating-shop";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _told = [];

    private MigratingShop(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed so far.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    public static MigratingShop Start(string database, Uri broker) =>
        new(
            new(DotNet.Host, [typeof(MigratingShop).Assembly.Location, Verb, database, broker.ToString()])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        );

    /// <summary>The code it ends with.</summary>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> Run(string[] how)
    {
        await using var app = Shop.Build(
            how[0],
            new Uri(how[1]),
            consume => consume.Consume<NoteOnOrderPlaced, OrderPlaced>(),
            builder => builder.Logging.AddSimpleConsole(line => line.SingleLine = true)
        );
        (await app.RunVerb<ShopDbContext>(["migrate"])).ShouldBeTrue();
        return Environment.ExitCode;
    }

    private void Note(string? line)
    {
        if (line is not null)
            _told.Enqueue(line);
    }
}
