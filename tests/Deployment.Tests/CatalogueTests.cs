using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;

namespace CustomerFeedback.Deployment.Tests;

/// <summary>The rule that compares manifests with what the hosts say they read.</summary>
public class CatalogueTests
{
    [Fact]
    public void Seen_red_what_is_not_known_not_told_or_not_a_file_is_reported()
    {
        var catalogue = Told();
        catalogue["survey"] =
        [
            .. catalogue["survey"].Where(setting => setting.Name != "Survey__OfficialContact"),
            new("Survey__Courage", IsRequired: true, IsSecret: false),
            new("Survey__Patience", IsRequired: false, IsSecret: false),
        ];
        catalogue["intake"] =
        [
            .. catalogue["intake"].Where(setting => setting.Name != "Pii__CurrentKey"),
            new("Pii__Current*", IsRequired: true, IsSecret: true),
        ];

        CatalogueRule
            .Faults(Overlay.Production, catalogue)
            .ShouldBe(
                [
                    "Deployment intake: Pii__CurrentKey is a secret and not a file",
                    "Deployment survey: Survey__OfficialContact is told and not known",
                    "Deployment survey: Survey__Courage is needed and not told",
                ],
                ignoreOrder: true
            );
        CatalogueRule.Faults(Overlay.Production, Told()).ShouldBeEmpty();
    }

    /// <summary>A catalogue of just what production tells, to plant errors in.</summary>
    private static Dictionary<string, IReadOnlyList<KnownSetting>> Told() =>
        Overlay
            .Production.Workloads.Where(workload => workload.IsHost)
            .ToDictionary(
                workload => workload.Host,
                IReadOnlyList<KnownSetting> (workload) =>
                    [
                        .. Keys.Of(Overlay.Production, workload)
                            .Environment.Select(name => new KnownSetting(name, IsRequired: true, IsSecret: false)),
                        .. Keys.Of(Overlay.Production, workload)
                            .Files.Select(name => new KnownSetting(name, IsRequired: true, IsSecret: true)),
                    ]
            );
}
