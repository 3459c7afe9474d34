using System.Text.Json;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>A host reads its configuration through one door, so that the catalogue of settings is complete; and no secret stands in a file of ours.</summary>
internal static partial class SettingsRule
{
    private static readonly string[] Readers =
    [
        "Microsoft.Extensions.Configuration.IConfiguration",
        "Microsoft.Extensions.Configuration.IConfigurationSection",
        "Microsoft.Extensions.Configuration.ConfigurationManager",
        "Microsoft.Extensions.Configuration.ConfigurationExtensions",
        "Microsoft.Extensions.Configuration.ConfigurationBinder",
        "Microsoft.Extensions.DependencyInjection.OptionsBuilderConfigurationExtensions",
        "Microsoft.Extensions.DependencyInjection.OptionsConfigurationServiceCollectionExtensions",
    ];

    /// <summary>Who reads beside the door, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excused = new(StringComparer.Ordinal)
    {
        ["CustomerFeedback.Gateway.Policies"] =
            "YARP takes its section as it is; what differs between places, the addresses, is in the catalogue",
    };

    /// <summary>Types that read configuration or the environment themselves.</summary>
    public static IEnumerable<string> Violations(ModuleDefinition module) =>
        from type in module.Types
        where !Excused.ContainsKey(type.FullName)
        from method in Uses.MethodsOf(type).Where(Reads).Select(method => method.Name).Distinct()
        select $"{type.FullName} calls {method}";

    /// <summary>Settings of a file that are secrets by their name or by their text.</summary>
    public static IEnumerable<string> Secrets(string path, string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Leaves("", document.RootElement).Where(IsSecret).Select(leaf => $"{path}: {leaf.Name}")];
    }

    private static bool Reads(MethodReference method) =>
        Readers.Contains(method.DeclaringType.FullName)
        || (
            method.DeclaringType.FullName == "System.Environment"
            && method.Name.StartsWith("GetEnvironmentVariable", StringComparison.Ordinal)
        );

    private static bool IsSecret((string Name, string Text) leaf) =>
        leaf.Text.Length > 0
        && (SecretName().IsMatch(leaf.Name) || SecretText().IsMatch(leaf.Text))
        && !leaf.Name.EndsWith("File", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, string Text)> Leaves(string path, JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject()
                .SelectMany(member => Leaves($"{path}{(path.Length > 0 ? ":" : "")}{member.Name}", member.Value)),
            JsonValueKind.Array => json.EnumerateArray().SelectMany((item, n) => Leaves($"{path}:{n}", item)),
            _ => [(path, json.ToString())],
        };

    [GeneratedRegex(
        "password|secret|token|credential|connectionstring|(^|:)(api|index)?keys?(:|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SecretName();

    // A password in a connection string or an address, a key in base64, a private key.
    [GeneratedRegex(
        "(password|pwd)\\s*=|://[^/@\\s]+:[^/@\\s]+@|^[A-Za-z0-9+/]{40,}={0,2}$|-----BEGIN|^eyJ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SecretText();
}
