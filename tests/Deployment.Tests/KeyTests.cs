using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;

namespace CustomerFeedback.Deployment.Tests;

public class KeyTests
{
    public static TheoryData<string> Places => Overlay.Names;

    [Theory]
    [MemberData(nameof(Places))]
    public void Compose_and_the_manifests_tell_hosts_the_same_things(string place) =>
        KeyRule.Faults(Overlay.Named(place), KeyRule.Compose).ShouldBeEmpty();

    [Fact]
    public void Every_host_gets_some() =>
        Overlay.Production.Workloads.ShouldAllBe(w => Keys.Of(Overlay.Production, w).Environment.Count > 7);

    [Fact]
    public void Seen_red_a_name_that_only_one_of_them_has_is_reported()
    {
        var compose = (JsonObject)KeyRule.Compose.DeepClone();
        var survey = compose["services"]!["survey"]!;
        survey["environment"]!.AsObject().Remove("Links__CurrentKey");
        survey["environment"]!["Links__Current"] = "k1";
        survey["secrets"]!.AsArray().RemoveAt(2);
        var overlay = Overlay.Production.With(
            "ExternalSecret",
            "ticketing",
            secret => secret["spec"]!["target"]!["template"]!["data"]!.AsObject().Remove("Links__Keys__k1")
        );
        var files = compose["services"]!["notifications"]!["secrets"]!.AsArray();
        files.RemoveAt(files.Count - 1);

        KeyRule
            .Faults(overlay, compose)
            .ShouldBe(
                [
                    "Deployment ticketing: Links__Keys__k1 of the files is in compose only",
                    "Deployment survey: Links__CurrentKey of the environment is not in compose",
                    "Deployment survey: Links__Current of the environment is in compose only",
                    "Deployment survey: ConnectionStrings__Broker of the files is not in compose",
                    "Deployment notifications: /etc/customerfeedback/files/provider-secret is not mounted by compose",
                ],
                ignoreOrder: true
            );
    }
}
