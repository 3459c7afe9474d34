namespace CustomerFeedback.Local.Machine;

/// <summary>Installs Debian packages (as root) without letting any of their services start.</summary>
internal static class Apt
{
    private const string Policy = "/usr/sbin/policy-rc.d";
    private const string Kept = "/usr/sbin/policy-rc.d.before-customerfeedback";
    private const string Marker = "# written by CustomerFeedback's local run while it installs packages";

    public static bool IsUsable => Environment.IsPrivilegedProcess && Command.Find("apt-get") is not null;

    public static async Task Install(IReadOnlyList<string> packages, Action<string> say, CancellationToken ct)
    {
        say($"installing {string.Join(", ", packages)} with apt-get (their own services are not started) ...");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DEBIAN_FRONTEND"] = "noninteractive",
            ["LC_ALL"] = "C.UTF-8",
        };
        string[] apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=600", "-o", "Dpkg::Use-Pty=0"];

        using var alone = await FileLock.Take("/run/customerfeedback-apt.lock", ct);
        ForbidServices();
        try
        {
            var update = await Command.Try([.. apt, "update"], environment, ct: ct);
            if (update.Code != 0)
                say($"apt-get update ended with {update.Code}; trying with the package lists at hand");

            await Command.Run([.. apt, "install", "--no-install-recommends", .. packages], environment, ct: ct);
            await KeepServicesOffAtBoot(packages, ct);
        }
        finally
        {
            AllowServices();
        }
    }

    /// <summary>One file of a package, without installing anything: what comes with a server that nobody wants here.</summary>
    /// <param name="file">Its path in the package, as <c>usr/bin/promtool</c>.</param>
    public static async Task Extract(string package, string file, string to, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("customerfeedback-apt-").FullName;
        try
        {
            if ((await Download()).Code != 0)
            {
                await Command.Run(["apt-get", "-q", "-y", "update"], ct: ct);
                var again = await Download();
                if (again.Code != 0)
                    throw new LocalRunException($"apt-get download {package} ended with {again.Code}:\n{again.Output}");
            }

            var archive = Directory.GetFiles(folder, "*.deb").Single();
            await Command.Run(["dpkg-deb", "-x", archive, folder], ct: ct);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            // Whole or not at all: another process may be looking for it.
            File.Copy(Path.Combine(folder, file), to + ".part", overwrite: true);
            File.Move(to + ".part", to, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<Command.Outcome> Download() => Command.Try(["apt-get", "-q", "download", package], folder: folder, ct: ct);
    }

    private static void ForbidServices()
    {
        AllowServices(); // what an earlier run left that was killed in the middle of an installation
        if (File.Exists(Policy))
            File.Move(Policy, Kept);

        File.WriteAllText(Policy, $"#!/bin/sh\n{Marker}\nexit 101\n");
        File.SetUnixFileMode(Policy, (UnixFileMode)0b111_101_101);
    }

    private static void AllowServices()
    {
        if (File.Exists(Policy) && File.ReadAllText(Policy).Contains(Marker, StringComparison.Ordinal))
            File.Delete(Policy);

        if (File.Exists(Kept))
            File.Move(Kept, Policy, overwrite: true);
    }

    private static async Task KeepServicesOffAtBoot(IReadOnlyList<string> packages, CancellationToken ct)
    {
        // The packages enable their units; without this the distribution's own servers would start at the next boot.
        if (Command.Find("systemctl") is null)
            return;

        foreach (var unit in packages.Where(package => package is "rabbitmq-server" or "postgresql"))
            await Command.Try(["systemctl", "disable", "--quiet", unit], ct: ct);
    }
}
