using System.Text.RegularExpressions;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>No secret stands in a manifest, and none reaches a host but as a file.</summary>
internal static partial class SecretRule
{
    public static IEnumerable<string> Faults(Overlay overlay)
    {
        foreach (var secret in overlay.Of("Secret"))
            yield return $"{secret}: secrets come from the store";
        foreach (var workload in overlay.Workloads)
        {
            foreach (var name in WorkloadSettings.Of(overlay, workload).Keys.Where(IsSecret))
                yield return $"{workload}: {name} is a secret and not a file";
            foreach (var volume in workload.Pod.Items("volumes").Where(v => v.Text("name") == "secrets"))
                if (volume.At("secret", "items") is not null)
                    yield return $"{workload}: a key that is added to its secret is not mounted";
            if (workload.Containers.Any(c => c.Items("env").Any(e => e.At("valueFrom", "secretKeyRef") is not null)))
                yield return $"{workload}: a secret is put into the environment";
            if (workload.Containers.Any(c => c.Items("envFrom").Any(e => e.At("secretRef") is not null)))
                yield return $"{workload}: a secret is put into the environment";
        }

        foreach (var (manifest, text) in overlay.Manifests.SelectMany(m => m.Json.Texts(), (m, text) => (m, text)))
        {
            if (Literals(text.Text).FirstOrDefault() is { } literal)
                yield return $"{manifest}{text.Path}: {literal[..6]}... looks like a secret";
        }
    }

    /// <summary>Runs of characters in a text that are too random to be a name, and passwords in addresses and connection strings.</summary>
    public static IEnumerable<string> Literals(string text) =>
        Runs()
            .Matches(text)
            .Select(match => match.Value)
            .Where(run => !run.Contains("__", StringComparison.Ordinal) && IsRandom(run)) // "__" is in names of settings
            .Concat(Passwords().Matches(text).Select(match => match.Value));

    /// <summary>By name; where a setting says which key is the current one, or which file holds a secret, it is none.</summary>
    public static bool IsSecret(string setting) =>
        SecretNames().IsMatch(setting) && !setting.EndsWith("File", StringComparison.Ordinal);

    /// <summary>Bits per character: words and names stay below, keys and tokens do not.</summary>
    private static bool IsRandom(string run)
    {
        var entropy = run.GroupBy(c => c)
            .Sum(g => -(double)g.Count() / run.Length * Math.Log2((double)g.Count() / run.Length));
        return run.All(char.IsAsciiHexDigit)
            ? run.Length >= 32 && entropy > 3
            : entropy > 4
                && run.Count(char.IsAsciiDigit) > 1
                && run.Any(char.IsAsciiLetterUpper)
                && run.Any(char.IsAsciiLetterLower);
    }

    // What follows "sha256:" is public: a fingerprint.
    [GeneratedRegex("(?<!sha256:[0-9a-f]*)[A-Za-z0-9+/_-]{20,}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Runs();

    // A value that a template fills in begins with a brace, one that a shell does with a dollar or a percent sign; "password" stands for one.
    [GeneratedRegex(
        @"(?<=Password=)(?![""']?[{$%])[^;\s]{4,}|(?<=://[^:/\s]+:)(?![{$%]|password@)[^@/\s]{4,}(?=@)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Passwords();

    [GeneratedRegex(
        "^ConnectionStrings__|__Keys__|IndexKey$|Password|Secret(?!s__Path)|Token",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SecretNames();
}
