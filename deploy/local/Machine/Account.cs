using System.Globalization;

namespace CustomerFeedback.Local.Machine;

/// <summary>
/// An unprivileged user to run a server as when this program runs as root (PostgreSQL refuses root, RabbitMQ should not have it).
/// </summary>
internal sealed record Account(string Name, uint User, uint Group)
{
    /// <summary>The first of the names that this machine knows, or null when we are an ordinary user and simply stay one.</summary>
    public static Account? ForServer(string preferred)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(f => f.Length >= 4).ToList();
        var found = new[] { preferred, "nobody" }
            .Select(name => users.Find(f => f[0] == name))
            .First(f => f is not null);
        return found is null
            ? throw new LocalRunException($"Neither a user {preferred} nor nobody exists to run the server as.")
            : new(found[0], Number(found[2]), Number(found[3]));
    }

    /// <summary>Becomes the user and then the command: same process id, no session of its own.</summary>
    public IEnumerable<string> Prefix => ["setpriv", $"--reuid={User}", $"--regid={Group}", "--clear-groups", "--"];

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
