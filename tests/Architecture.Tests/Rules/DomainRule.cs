using Mono.Cecil;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>Domain knows the base library, what is named for it, and itself.</summary>
internal static class DomainRule
{
    private static readonly string[] Always = ["Masking", "NodaTime", "WorkingTime"];

    /// <summary>What a service's domain may know beyond that.</summary>
    public static IReadOnlyList<string> AlsoFor(string service) => service == "Analytics" ? ["MathNet.Numerics"] : [];

    public static IEnumerable<TypeDefinition> Types(ModuleDefinition module, string domain) =>
        module.Types.Where(type => IsWithin(domain, type.Namespace));

    public static IEnumerable<string> Leaks(ModuleDefinition module, string domain, params IEnumerable<string> also)
    {
        string[] allowed = [.. Always, .. also];
        return
        [
            .. Types(module, domain)
                .SelectMany(type => Uses.Of(type).Where(used => !IsAllowed(used)).Select(used => (type, used)))
                .Select(leak => $"{leak.type.FullName} uses {leak.used.FullName}")
                .Distinct(),
        ];

        bool IsAllowed(TypeReference used)
        {
            var assembly = Uses.AssemblyOf(used);
            if (assembly == module.Assembly.Name.Name)
                return IsWithin(domain, Uses.NamespaceOf(used)) || IsWrittenByTheCompiler(used);
            return BaseLibrary.Has(assembly) || allowed.Contains(assembly);
        }
    }

    private static bool IsWithin(string domain, string name) =>
        name == domain || name.StartsWith($"{domain}.", StringComparison.Ordinal);

    /// <summary>Array data, collection expressions, generated regular expressions and the like live outside all namespaces of ours.</summary>
    private static bool IsWrittenByTheCompiler(TypeReference type)
    {
        var home = Uses.NamespaceOf(type);
        return home.Length == 0
            ? type.FullName.StartsWith('<')
            : home is "Microsoft.CodeAnalysis" || home.StartsWith("System.", StringComparison.Ordinal);
    }
}
