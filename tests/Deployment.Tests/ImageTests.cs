using System.Text.RegularExpressions;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests;

/// <summary>The one file that images are made by; no engine builds it here, so it is read.</summary>
public partial class ImageTests
{
    private static readonly string Dockerfile = Read("deploy/docker/service.Dockerfile");

    [Fact]
    public void It_publishes_as_everybody_else_does_and_runs_what_came_of_it()
    {
        Dockerfile.ShouldContain("RUN deploy/docker/publish.sh \"${HOST}\" /app");
        Dockerfile.ShouldNotContain("dotnet publish");
        Instructions("ENTRYPOINT").ShouldBe(["""["dotnet", "host.dll"]"""]);
    }

    [Fact]
    public void It_runs_as_the_user_that_the_pods_have_and_needs_no_shell()
    {
        Instructions("USER").ShouldBe(["10001:10001"]);
        Overlay
            .Production.Workloads.Select(w => w.Pod.Text("securityContext", "runAsUser"))
            .Distinct()
            .ShouldBe(["10001"]);
        Instructions("EXPOSE").ShouldBe(["8080 8081"]);
        Instructions("HEALTHCHECK").ShouldBeEmpty();
        // After the last FROM nothing is run: the base has nothing to run it with.
        Dockerfile[Dockerfile.LastIndexOf("\nFROM", StringComparison.Ordinal)..].ShouldNotContain("\nRUN");
    }

    [Fact]
    public void Its_bases_are_versions_that_a_release_can_pin()
    {
        Instructions("ARG").Where(arg => arg.Contains('=')).ShouldAllBe(arg => Base().IsMatch(arg));
        Instructions("FROM").ShouldBe(["${SDK} AS build", "${RUNTIME}"]);
    }

    [Fact]
    public void Every_host_is_told_apart_by_name_in_compose_as_in_the_manifests()
    {
        var hosts = Service.All.Select(s => (s.Name, s.Assembly)).Append(("gateway", "Gateway"));
        foreach (var (name, assembly) in hosts)
        {
            Rules.KeyRule.Compose.Text("services", name, "build", "args", "HOST").ShouldBe(assembly);
            Rules.KeyRule.Compose.Text("services", name, "image").ShouldBe($"customerfeedback/{name}");
        }
    }

    private static IEnumerable<string> Instructions(string name) =>
        Dockerfile
            .Split('\n')
            .Where(line => line.StartsWith($"{name} ", StringComparison.Ordinal))
            .Select(line => line[(name.Length + 1)..]);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Checkout.Root, path));

    [GeneratedRegex(@"^\w+=mcr\.microsoft\.com/dotnet/\w+:10\.0[\w.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Base();
}
