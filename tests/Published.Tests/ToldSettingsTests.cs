using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Published.Tests;

/// <summary>What the manifests tell each host, against what it says that it reads. Compose tells the same as they (Deployment.Tests).</summary>
public sealed class ToldSettingsTests
{
    public static TheoryData<string> Places => Overlay.Names;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Manifests_tell_hosts_what_these_read_and_all_that_they_need(string place)
    {
        Dictionary<string, IReadOnlyList<KnownSetting>> catalogue = new(StringComparer.Ordinal)
        {
            ["gateway"] = await Known(Checkout.Dll("gateway", "Gateway")),
        };
        foreach (var service in Service.All)
            catalogue[service.Name] = await Known(Checkout.Dll(service.Folder, service.Assembly));

        CatalogueRule.Faults(Overlay.Named(place), catalogue).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<KnownSetting>> Known(string dll) =>
        [
            .. (await Setting.Of(dll)).Select(setting => new KnownSetting(
                setting
                    .Name.Replace("{id}", "*", StringComparison.Ordinal)
                    .Replace("{n}", "*", StringComparison.Ordinal)
                    .Replace(":", "__", StringComparison.Ordinal),
                setting.Required,
                setting.Secret
            )),
        ];
}
