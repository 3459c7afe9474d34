using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Published.Tests;

/// <summary>A setting as a host's verb <c>settings</c> tells it.</summary>
internal sealed record Setting(
    string Name,
    string Type,
    string? Default,
    bool Required,
    bool Secret,
    string? Allowed,
    string Description
)
{
    /// <summary>What a host reads, asked without a single setting.</summary>
    public static async Task<IReadOnlyList<Setting>> Of(string dll)
    {
        var told = await Command.Run([DotNet.Host, dll, "settings"], folder: Path.GetDirectoryName(dll));
        return JsonSerializer.Deserialize<Setting[]>(told, JsonSerializerOptions.Web)!;
    }
}
