using System.Text.RegularExpressions;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>What deploy/README.md tells people to do.</summary>
internal static partial class RunBook
{
    public static string Text { get; } = Read("deploy/README.md");

    public static string OfManifests { get; } = Read("deploy/kustomize/README.md");

    /// <summary>Commands that say nothing of the namespace, and so do what they do in whichever one is current.</summary>
    public static IEnumerable<string> Faults(string text) =>
        Code(text).SelectMany(code => Kubectl().Matches(code)).Select(match => match.Value.Trim());

    /// <summary>The blocks of one language, with their indentation taken away.</summary>
    public static IReadOnlyList<string> Blocks(string text, string language) =>
        [
            .. Fenced()
                .Matches(text)
                .Where(match => match.Groups["language"].Value == language)
                .Select(match =>
                    string.Join('\n', match.Value.Split('\n')[1..^1].Select(line => Unindented(line, match)))
                ),
        ];

    private static IEnumerable<string> Code(string text) =>
        Fenced()
            .Matches(text)
            .SelectMany(match => match.Value.Split('\n'))
            .Concat(Spans().Matches(Fenced().Replace(text, "")).Select(match => match.Value));

    private static string Unindented(string line, Match block) =>
        line.Length >= block.Groups["indent"].Length ? line[block.Groups["indent"].Length..] : line;

    private static string Read(string path) => File.ReadAllText(Path.Combine(Checkout.Root, path));

    [GeneratedRegex(
        @"^(?<indent> *)```(?<language>\w+)\n.*?\n *```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Fenced();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Spans();

    // The overlay itself names its namespace.
    [GeneratedRegex(@"\bkubectl +(?!apply -k |kustomize |-n customerfeedback )[^`|;&]+")]
    private static partial Regex Kubectl();
}
