namespace CustomerFeedback.Local.Machine;

/// <summary>A lock that all processes of this machine see and that the kernel releases when its holder dies.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    public static async Task<FileLock> Take(string path, CancellationToken ct = default)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;

            await Task.Delay(50, ct);
        }
    }

    public static FileLock? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
