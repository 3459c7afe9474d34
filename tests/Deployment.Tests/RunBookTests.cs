using CustomerFeedback.Deployment.Tests.Planted;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;

namespace CustomerFeedback.Deployment.Tests;

/// <summary>What people type and apply in a bad hour, held against what is installed. Its restore is run in <see cref="Running.RightsTests"/>.</summary>
public class RunBookTests
{
    [Fact]
    public void Every_command_says_which_namespace_it_is_for()
    {
        RunBook.Faults(RunBook.Text).ShouldBeEmpty();
        RunBook.Faults(RunBook.OfManifests).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("first `kubectl delete job -l a=b`; then", "kubectl delete job -l a=b")]
    [InlineData("```bash\nkubectl scale deploy/a --replicas=0\n```", "kubectl scale deploy/a --replicas=0")]
    [InlineData("1. a\n\n   ```bash\n   A=$(kubectl get pod -o name)\n   ```\n", "kubectl get pod -o name)")]
    public void Seen_red_a_command_without_one_is_found(string text, string command) =>
        RunBook.Faults(text).ShouldBe([command]);

    [Theory]
    [InlineData("`kubectl` is needed, kubectl get is not code")]
    [InlineData("`kubectl apply -k OVERLAY` and `kubectl -n customerfeedback get pods`")]
    public void One_with_it_is_none(string text) => RunBook.Faults(text).ShouldBeEmpty();

    [Fact]
    public async Task What_restores_a_cluster_has_the_shape_that_its_operator_takes()
    {
        var beside = Restored();
        beside.Json.Text("metadata", "namespace").ShouldBe(Overlay.Production.Namespace);
        (await SchemaRule.Faults([beside, Lost()])).ShouldBeEmpty();
    }

    [Fact]
    public void It_restores_what_the_installed_cluster_archives()
    {
        var installed = Overlay.Production.Get("Cluster", "postgres");
        var archive = installed.Spec.Items("plugins").Single();
        foreach (var cluster in (Manifest[])[Restored(), Lost()])
        {
            cluster.Spec.At("bootstrap")!.AsObject().Select(way => way.Key).ShouldBe(["recovery"]);
            var source = cluster
                .Spec.Items("externalClusters")
                .Single(other => other.Text("name") == cluster.Spec.Text("bootstrap", "recovery", "source"))
                .At("plugin");
            source.Text("name").ShouldBe(archive.Text("name"));
            source.Text("parameters", "barmanObjectName").ShouldBe(archive.Text("parameters", "barmanObjectName"));
            source.Text("parameters", "serverName").ShouldBe(installed.Name);
            cluster.Spec.Text("storage", "size").ShouldBe(installed.Spec.Text("storage", "size"));
            cluster.Spec.Text("walStorage", "size").ShouldBe(installed.Spec.Text("walStorage", "size"));
            cluster.Spec.Text("imageName")!.Split('@')[0].ShouldBe(installed.Spec.Text("imageName")!.Split('@')[0]);
            cluster
                .Spec.Text("postgresql", "parameters", "max_connections")
                .ShouldBe(installed.Spec.Text("postgresql", "parameters", "max_connections"));
        }
    }

    [Fact]
    public void Neither_writes_into_the_archive_that_it_reads()
    {
        Restored().Name.ShouldNotBe("postgres");
        Restored().Spec.At("plugins").ShouldBeNull();
        Lost().Spec.Items("plugins").Single().Text("parameters", "serverName").ShouldBe("postgres-2");
    }

    /// <summary>Beside the first one.</summary>
    private static Manifest Restored() => new(Yaml.Read(RunBook.Blocks(RunBook.Text, "yaml")[0]).Single());

    /// <summary>The first one, with the patch for when it is lost.</summary>
    private static Manifest Lost()
    {
        var patch = Yaml.Read(RunBook.Blocks(RunBook.Text, "yaml")[1]).Single().Items("patches").Single();
        var target = patch.At("target");
        var steps = Yaml.Read($"steps:\n{patch.Text("patch")}").Single().Items("steps");
        return steps
            .Aggregate(
                Overlay.Production,
                (overlay, step) =>
                    Plants.Set(
                        $"{target.Text("kind")} {target.Text("name")}",
                        step.Text("path")!.TrimStart('/'),
                        step.At("value")
                    )(overlay)
            )
            .Get("Cluster", "postgres");
    }
}
