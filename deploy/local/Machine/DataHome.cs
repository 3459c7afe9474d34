namespace CustomerFeedback.Local.Machine;

/// <summary>Where servers keep their data: in the clone, or beside it where their user cannot reach the clone.</summary>
internal static class DataHome
{
    /// <summary>A folder under <c>.local/</c>, or, where that lies under a private folder such as /root, under /var/tmp.</summary>
    public static string For(string name)
    {
        var home = Path.Combine(Checkout.Root, ".local", name);
        if (Environment.IsPrivilegedProcess && !IsOpenToAll(Checkout.Root))
            home = Path.Combine("/var/tmp", $"customerfeedback-{Checkout.Key}", name);

        Directory.CreateDirectory(home);
        return home;
    }

    /// <summary>An empty folder that belongs to the account and to nobody else.</summary>
    public static string Owned(string path, Account? account)
    {
        Directory.CreateDirectory(path);
        if (account is not null)
            Native.Own(path, account);

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static bool IsOpenToAll(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
