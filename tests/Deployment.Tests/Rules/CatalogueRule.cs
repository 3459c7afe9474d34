using System.IO.Enumeration;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>A setting that a host knows.</summary>
/// <param name="Name">As a variable (<c>Links__CurrentKey</c>); "*" stands for a part that is free (<c>Links__Keys__*</c>).</param>
internal sealed record KnownSetting(string Name, bool IsRequired, bool IsSecret);

/// <summary>What manifests tell a host is what it reads: nothing that it does not know, everything that it needs, secrets as files.</summary>
internal static class CatalogueRule
{
    /// <param name="catalogue">Of each host by name, as its verb <c>settings</c> prints it.</param>
    public static IEnumerable<string> Faults(
        Overlay overlay,
        IReadOnlyDictionary<string, IReadOnlyList<KnownSetting>> catalogue
    ) =>
        from workload in overlay.Workloads
        where workload.IsHost
        from fault in OfHost(Keys.Of(overlay, workload), catalogue[workload.Host])
        select $"{workload}: {fault}";

    private static IEnumerable<string> OfHost(Keys told, IReadOnlyList<KnownSetting> known)
    {
        foreach (var name in told.Environment.Concat(told.Files).Where(name => !known.Any(k => Is(k, name))))
            yield return $"{name} is told and not known";
        foreach (
            var setting in known.Where(k => k.IsRequired && !told.Environment.Concat(told.Files).Any(n => Is(k, n)))
        )
            yield return $"{setting.Name} is needed and not told";
        foreach (var name in told.Environment.Where(name => known.Any(k => k.IsSecret && Is(k, name))))
            yield return $"{name} is a secret and not a file";
    }

    private static bool Is(KnownSetting setting, string name) =>
        FileSystemName.MatchesSimpleExpression(setting.Name, name, ignoreCase: true);
}
