using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Sbom;

/// <summary>A bill as CycloneDX 1.5 writes it. The same locks give the same text: no time stands in it, and its serial number is derived from it.</summary>
internal static class CycloneDx
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Bill bill)
    {
        var host = $"project:{bill.Host}";
        var content = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = host,
                    ["name"] = $"customerfeedback-{bill.Host}",
                },
            },
            ["components"] = new JsonArray([.. bill.Components.Select(Component)]),
            ["dependencies"] = new JsonArray([
                Dependency(host, bill.Roots),
                .. bill.Components.Select(one => Dependency(one.Ref, one.DependsOn)),
            ]),
        };
        var serial = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToJsonString())).AsSpan(0, 16));
        var whole = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.5",
            ["serialNumber"] = $"urn:uuid:{serial}",
            ["version"] = 1,
        };
        foreach (var (name, part) in content)
            whole[name] = part!.DeepClone();
        return whole.ToJsonString(Form) + "\n";
    }

    private static JsonObject Component(Component one)
    {
        var written = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = one.Ref,
            ["name"] = one.Name,
        };
        if (one.Version is not null)
            written["version"] = one.Version;
        written["scope"] = one.IsShipped ? "required" : "excluded";
        if (one.Sha512 is not null)
            written["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = one.Sha512 });
        if (one.Licence is { } licence)
            written["licenses"] = new JsonArray(
                licence.Contains(' ')
                    ? new JsonObject { ["expression"] = licence }
                    : new JsonObject
                    {
                        ["license"] = new JsonObject
                        {
                            [licence.StartsWith("LicenseRef-", StringComparison.Ordinal) ? "name" : "id"] = licence,
                        },
                    }
            );
        if (!one.IsOurs)
            written["purl"] = one.Ref;
        if (one.ContentHash is not null)
            written["properties"] = new JsonArray(
                new JsonObject { ["name"] = "nuget:contentHash", ["value"] = one.ContentHash }
            );
        return written;
    }

    private static JsonObject Dependency(string of, IReadOnlyList<string> on) =>
        new JsonObject
        {
            ["ref"] = of,
            ["dependsOn"] = new JsonArray([.. on.Select(other => JsonValue.Create(other))]),
        };
}
