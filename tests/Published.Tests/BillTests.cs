using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Sbom;

namespace CustomerFeedback.Published.Tests;

/// <summary>What every host is made of: complete, of allowed licences, and in the form that others read.</summary>
public sealed class BillTests
{
    private static readonly Licences Licences = Licences.Read(
        Path.Combine(Repository.Root, "deploy", "sbom", "licences.json")
    );

    public static TheoryData<string> Hosts => [.. Repository.Hosts.Select(host => host.Name)];

    private static HostProject Project(string host) => Repository.Hosts.Single(one => one.Name == host);

    [Theory, MemberData(nameof(Hosts))]
    public void A_bill_is_CycloneDX_1_5(string host)
    {
        var bill = JsonDocument.Parse(CycloneDx.Write(Bill.Of(Project(host), Licences))).RootElement;
        bill.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        bill.GetProperty("specVersion").GetString().ShouldBe("1.5");
        bill.GetProperty("version").GetInt32().ShouldBe(1);
        bill.GetProperty("serialNumber").GetString().ShouldNotBeNull().ShouldMatch("^urn:uuid:[0-9a-f-]{36}$");
        var application = bill.GetProperty("metadata").GetProperty("component");
        application.GetProperty("type").GetString().ShouldBe("application");
        List<string> refs = [application.GetProperty("bom-ref").GetString()!];
        foreach (var component in bill.GetProperty("components").EnumerateArray())
        {
            component.GetProperty("type").GetString().ShouldBe("library");
            component.GetProperty("scope").GetString().ShouldBeOneOf("required", "excluded");
            refs.Add(component.GetProperty("bom-ref").GetString()!);
            if (component.TryGetProperty("purl", out var purl))
            {
                purl.GetString()!.ShouldMatch("^pkg:(nuget|npm)/[^@]+@[^@]+$");
                var hash = component.GetProperty("hashes").EnumerateArray().ShouldHaveSingleItem();
                hash.GetProperty("alg").GetString().ShouldBe("SHA-512");
                hash.GetProperty("content").GetString()!.ShouldMatch("^[0-9a-f]{128}$");
                component.GetProperty("licenses").GetArrayLength().ShouldBe(1);
            }
        }
        refs.ShouldBeUnique();
        var graph = bill.GetProperty("dependencies").EnumerateArray().ToList();
        graph.Select(node => node.GetProperty("ref").GetString()).ShouldBe(refs, ignoreOrder: true);
        graph
            .SelectMany(node => node.GetProperty("dependsOn").EnumerateArray())
            .Select(on => on.GetString())
            .Except(refs)
            .ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Hosts))]
    public void The_same_locks_give_the_same_text(string host) =>
        CycloneDx.Write(Bill.Of(Project(host), Licences)).ShouldBe(CycloneDx.Write(Bill.Of(Project(host), Licences)));

    [Fact]
    public void A_hash_is_the_one_of_the_package_that_was_served()
    {
        var bill = JsonNode.Parse(CycloneDx.Write(Bill.Of(Project("intake"), Licences)))!;
        foreach (var name in (string[])["Npgsql", "MassTransit"])
        {
            var component = bill["components"]!.AsArray().Single(one => (string?)one!["name"] == name)!;
            var package = $"{name}.{component["version"]}".ToLowerInvariant();
            var file = Path.Combine(PackageFolder.Of(name, (string)component["version"]!), $"{package}.nupkg");
            ((string?)component["hashes"]![0]!["content"]).ShouldBe(
                Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(file))),
                name
            );
            // The lock's own is kept, under its name.
            var property = component["properties"]!.AsArray().ShouldHaveSingleItem()!;
            ((string?)property["name"]).ShouldBe("nuget:contentHash");
            File.ReadAllText(Path.Combine(Project("intake").Project, "packages.lock.json"))
                .ShouldContain($"\"contentHash\": \"{property["value"]}\"");
        }
    }

    [Theory, MemberData(nameof(Hosts))]
    public void Every_licence_is_known_and_allowed(string host) =>
        Licences.Refused(Bill.Of(Project(host), Licences).Components).ShouldBeEmpty();

    [Fact]
    public void A_bill_names_what_is_shipped_apart_from_what_only_builds()
    {
        var intake = Bill.Of(Project("intake"), Licences).Components.ToDictionary(one => one.Name);
        intake["Npgsql"].IsShipped.ShouldBeTrue();
        intake["Messaging".ToLowerInvariant()].IsShipped.ShouldBeTrue();
        intake["SonarAnalyzer.CSharp"].IsShipped.ShouldBeFalse();
        intake["Microsoft.EntityFrameworkCore.Design"].IsShipped.ShouldBeFalse();
        Bill.Of(Project("analytics"), Licences).Components.ShouldContain(one => one.Name == "echarts" && one.IsShipped);
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("Apache-2.0 OR MPL-2.0", true)]
    [InlineData("(MIT AND BSD-3-Clause)", true)]
    [InlineData("MIT AND GPL-3.0-only", false)]
    [InlineData("GPL-3.0-only", false)]
    [InlineData("AGPL-3.0-or-later", false)]
    public void An_expression_is_allowed_when_one_of_its_choices_is(string expression, bool isAllowed) =>
        Licences.IsAllowed(expression).ShouldBe(isAllowed);

    [Fact]
    public void Seen_red_a_forbidden_and_an_unknown_licence_are_reported()
    {
        var nuspec = """<package><metadata><license type="expression">GPL-3.0-only</license></metadata></package>""";
        static Component Planted(string name, string? licence, bool isShipped = true) =>
            new(Component.Nuget(name, "1.0.0"), name, "1.0.0", new string('0', 128), licence, isShipped, []);

        Licences
            .Refused([
                Planted("Fine", "MIT"),
                Planted("Viral", Licences.Expression(nuspec)),
                Planted(
                    "Silent",
                    Licences.Expression(
                        "<package><metadata><licenseUrl>https://a.example</licenseUrl></metadata></package>"
                    )
                ),
                Planted("SonarAnalyzer.CSharp", "LicenseRef-SSAL-1.0", isShipped: false),
                Planted("SonarAnalyzer.CSharp", "LicenseRef-SSAL-1.0"),
            ])
            .Select(line => line.Split(" is not allowed")[0])
            .ShouldBe([
                "pkg:nuget/Viral@1.0.0: GPL-3.0-only",
                "pkg:nuget/Silent@1.0.0: no licence that is known",
                "pkg:nuget/SonarAnalyzer.CSharp@1.0.0: LicenseRef-SSAL-1.0",
            ]);
    }

    [Fact]
    public void Seen_red_a_tool_that_is_shipped_after_all_is_reported()
    {
        var tool = new Component("pkg:nuget/Tool@1", "Tool", "1", null, "LicenseRef-Own", true, []);
        var licences = new Licences(
            ["MIT"],
            new Dictionary<string, Licences.Tool> { ["Tool"] = new("LicenseRef-Own", "it only builds") }
        );
        licences.Refused([tool with { IsShipped = false }]).ShouldBeEmpty();
        licences.Refused([tool]).ShouldHaveSingleItem();
    }
}
