using CustomerFeedback.Deployment.Tests.Rules;
using static CustomerFeedback.Deployment.Tests.Planted.Plants;

namespace CustomerFeedback.Deployment.Tests.Planted;

public class ImagePlants
{
    private const string Image = "spec/template/spec/containers/0/image";
    private static readonly string Zeros = $"registry.example.com/customerfeedback/intake@sha256:{new string('0', 64)}";

    private static readonly string Ones = new('1', 64);

    private static readonly Plants All = new()
    {
        ["Deployment intake: customerfeedback/intake:1.4 is not pinned"] = Set(
            "Deployment intake",
            Image,
            "customerfeedback/intake:1.4"
        ),
        [$"Deployment intake: {Zeros} is not pinned"] = Set("Deployment intake", Image, Zeros),
        ["Deployment intake: customerfeedback/survey@sha256:1 is another host's"] = Set(
            "Deployment intake",
            Image,
            "customerfeedback/survey@sha256:1"
        ),
        ["Job intake-migration: customerfeedback/intake is not pinned"] = Set(
            "Job intake-migration",
            Image,
            "customerfeedback/intake"
        ),
        ["Cluster postgres: postgresql is not pinned"] = Set("Cluster postgres", "spec/imageName", "postgresql"),
        ["RabbitmqCluster rabbitmq: rabbitmq:latest is not pinned"] = Set(
            "RabbitmqCluster rabbitmq",
            "spec/image",
            "rabbitmq:latest"
        ),
        ["Cluster postgres: postgresql:17.11 is not pinned"] = Set(
            "Cluster postgres",
            "spec/imageName",
            "postgresql:17.11"
        ),
        [$"Cluster postgres: postgresql@sha256:{Ones} is not pinned"] = Set(
            "Cluster postgres",
            "spec/imageName",
            $"postgresql@sha256:{Ones}"
        ),
        [$"RabbitmqCluster rabbitmq: rabbitmq:4.1-management@sha256:{Ones} is not pinned"] = Set(
            "RabbitmqCluster rabbitmq",
            "spec/image",
            $"rabbitmq:4.1-management@sha256:{Ones}"
        ),
    };

    public static TheoryData<string> Faults => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Seen_red(string fault) => All.ShouldBeSeen(fault, ImageRule.Faults);

    [Theory]
    [InlineData("Cluster postgres", "spec/imageName", "ghcr.io/cloudnative-pg/postgresql:17")]
    [InlineData("RabbitmqCluster rabbitmq", "spec/image", "rabbitmq:4.1-management")]
    public void Seen_red_a_series_is_no_release_of_a_store_elsewhere_either(string store, string path, string image) =>
        ImageRule
            .Faults(Set(store, path, image)(Rendering.Overlay.Named("staging")))
            .ShouldBe([$"{store}: {image} is not pinned"]);

    [Fact]
    public void Seen_red_latest_is_no_version_elsewhere_either() =>
        ImageRule
            .Faults(
                Set("Deployment intake", Image, "customerfeedback/intake:latest")(Rendering.Overlay.Named("staging"))
            )
            .ShouldBe(["Deployment intake: customerfeedback/intake:latest is not pinned"]);
}
