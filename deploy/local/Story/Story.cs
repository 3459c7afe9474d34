namespace CustomerFeedback.Local.Story;

/// <summary>The feedback loop, played once through the public API.</summary>
internal static class Story
{
    public static Task Play(Uri gateway, IReadOnlyDictionary<string, string> tokens, CancellationToken ct) =>
        Task.CompletedTask;
}
