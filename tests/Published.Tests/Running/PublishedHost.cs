using System.Diagnostics;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Published.Tests.Running;

/// <summary>The published output of a host, and how it is run: a process in its own folder, with variables and a folder of secrets, and nothing inherited.</summary>
internal sealed class PublishedHost(string name, string work)
{
    // What programs need of their machine; settings of whoever runs the tests are not among it.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG"];

    public string Name => name;

    /// <summary>PUBLISHED_HOSTS names a folder where somebody has published all hosts already: they are taken as they are.</summary>
    private static readonly string? Given = Environment.GetEnvironmentVariable("PUBLISHED_HOSTS");

    public string Folder { get; } = Path.Combine(Given ?? Path.Combine(Checkout.Root, ".local", "published"), name);

    public string Dll => Path.Combine(Folder, $"{char.ToUpperInvariant(name[0])}{name[1..]}.dll");

    /// <summary>As the image does it.</summary>
    public async Task Publish()
    {
        if (Given is not null)
            return;
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(DotNet.Host)}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        await Command.Run(
            [
                Path.Combine(Checkout.Root, "deploy", "docker", "publish.sh"),
                Path.GetFileNameWithoutExtension(Dll),
                Folder,
            ],
            environment,
            Checkout.Root
        );
    }

    /// <summary>Files of the published folder with their times: what a read-only image would keep as it is.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
                .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Starts it; what it prints goes to a file.</summary>
    public RunningHost Start(HostSettings settings, Uri address, params string[] verb)
    {
        var run = Path.Combine(work, $"{name}-{Guid.CreateVersion7():n}");
        Directory.CreateDirectory(run);
        var start = new ProcessStartInfo(
            "sh",
            ["-c", """exec "$@" </dev/null >"$0" 2>&1""", Path.Combine(run, "log"), DotNet.Host, Dll, .. verb]
        )
        {
            WorkingDirectory = Folder,
        };
        foreach (var inherited in start.Environment.Keys.Except(Inherited).ToList())
            start.Environment.Remove(inherited);
        foreach (var (variable, value) in settings.Environment)
            start.Environment[variable] = value;
        // Loopback instead of all addresses: the one thing that differs from an image.
        start.Environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        if (settings.Environment.ContainsKey("Secrets__Path"))
            start.Environment["Secrets__Path"] = SecretsIn(run, settings.Secrets);
        return new(this, Process.Start(start)!, Path.Combine(run, "log"));
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<(int Code, string Output, TimeSpan Took)> End(HostSettings settings, params string[] verb)
    {
        var watch = Stopwatch.StartNew();
        await using var running = Start(settings, new Uri("http://127.0.0.1:0"), verb);
        var code = await running.Ended(TimeSpan.FromMinutes(2));
        return (code, running.Output(), watch.Elapsed);
    }

    // As a Secret is mounted: links through ..data.
    private static string SecretsIn(string run, IReadOnlyDictionary<string, string> secrets)
    {
        var folder = Path.Combine(run, "secrets");
        Directory.CreateDirectory(Path.Combine(folder, "..first"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..first");
        foreach (var (file, text) in secrets)
        {
            File.WriteAllText(Path.Combine(folder, "..first", file), $"{text}\n");
            File.CreateSymbolicLink(Path.Combine(folder, file), $"..data/{file}");
        }
        return folder;
    }
}

/// <summary>A process of a published host.</summary>
internal sealed class RunningHost(PublishedHost host, Process process, string log) : IAsyncDisposable
{
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(5) };

    public PublishedHost Host => host;

    public string Output() => File.ReadAllText(log);

    public async Task<int> Ended(TimeSpan within)
    {
        await process.WaitForExitAsync().WaitAsync(within);
        return process.ExitCode;
    }

    /// <summary>Until every probe is content, as Kubernetes asks them; fails with what it printed when it ends instead.</summary>
    public Task Ready(IReadOnlyList<Uri> probes) =>
        TestKit.Eventually.That(
            async () =>
            {
                if (process.HasExited)
                    throw new InvalidOperationException($"{host.Name} ended with {process.ExitCode}:\n{Output()}");
                foreach (var probe in probes)
                {
                    using var answer = await Probe.GetAsync(probe);
                    var told = await answer.Content.ReadAsStringAsync();
                    answer.IsSuccessStatusCode.ShouldBeTrue($"{host.Name} {probe}: {told}");
                }
            },
            TimeSpan.FromMinutes(2)
        );

    /// <summary>As Kubernetes ends it: SIGTERM, and the code it ends with.</summary>
    public async Task<int> Stop()
    {
        Native.Signal(process.Id, Native.Terminate);
        return await Ended(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}
