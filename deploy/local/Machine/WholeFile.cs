namespace CustomerFeedback.Local.Machine;

/// <summary>Files that a reader finds whole or not at all.</summary>
internal static class WholeFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Written beside and moved; readable by its owner only, for most of what we write names a secret.</summary>
    public static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var beside = $"{file}.new";
        File.Delete(beside);
        using (
            var stream = new FileStream(
                beside,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = OwnerOnly,
                }
            )
        )
        using (var writer = new StreamWriter(stream))
            writer.Write(text);

        File.Move(beside, file, overwrite: true);
    }
}
