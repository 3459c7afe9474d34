using CustomerFeedback.Architecture.Tests.Rules;

namespace CustomerFeedback.Architecture.Tests;

public class ReferenceTests
{
    public static TheoryData<string> Ours => [.. ReferenceRule.Ours];

    [Theory, MemberData(nameof(Ours))]
    public void An_assembly_knows_only_whom_it_may(string name)
    {
        using var assembly = House.Assembly(name);
        ReferenceRule.Violations(name, assembly.AssemblyReferences.Select(reference => reference.Name)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ours))]
    public void A_project_file_names_only_whom_it_may(string name)
    {
        var path = House.Files.Single(file => file.EndsWith($"/{name}.csproj", StringComparison.Ordinal));
        ReferenceRule.Violations(Project.Parse(name, House.Read(path))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_of_the_product_is_under_a_rule()
    {
        string[] homes = ["services", "gateway", "contracts"];
        House
            .Files.Where(file =>
                file.EndsWith(".csproj", StringComparison.Ordinal) && homes.Contains(file.Split('/')[0])
            )
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBe([.. House.Services, .. House.PlatformLibraries, "Contracts", "Gateway"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Contracts", "NodaTime")]
    [InlineData("Contracts", "Microsoft.AspNetCore.Http")]
    [InlineData("Contracts", "WorkingTime")]
    [InlineData("WorkingTime", "Contracts")]
    [InlineData("WorkingTime", "ServiceDefaults")]
    [InlineData("WorkingTime", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("Masking", "Contracts")]
    [InlineData("Masking", "NodaTime")]
    [InlineData("Messaging", "Contracts")]
    [InlineData("Messaging", "ServiceDefaults")]
    [InlineData("Messaging", "Ticketing")]
    [InlineData("ServiceDefaults", "Messaging")]
    [InlineData("ServiceDefaults", "Intake")]
    [InlineData("Settings", "ServiceDefaults")]
    [InlineData("Settings", "Npgsql")]
    [InlineData("Telemetry", "ServiceDefaults")]
    [InlineData("Telemetry", "Messaging")]
    [InlineData("Telemetry", "Npgsql")]
    [InlineData("Messaging", "Telemetry")]
    [InlineData("ServiceDefaults", "Microsoft.EntityFrameworkCore")]
    [InlineData("Intake", "Ticketing")]
    [InlineData("Ticketing", "Intake")]
    [InlineData("Analytics", "Survey")]
    [InlineData("Notifications", "Gateway")]
    [InlineData("Gateway", "Contracts")]
    [InlineData("Gateway", "Messaging")]
    [InlineData("Gateway", "WorkingTime")]
    [InlineData("Gateway", "Masking")]
    [InlineData("Gateway", "Intake")]
    [InlineData("Gateway", "Npgsql")]
    public void Seen_red_knowing_whom_one_may_not_is_reported(string name, string reference)
    {
        ReferenceRule.Violations(name, ["System.Runtime", reference]).ShouldBe([$"{name} knows {reference}"]);
        ReferenceRule
            .Violations(
                Project.Parse(
                    name,
                    $"""
                    <Project>
                      <ItemGroup><ProjectReference Include="..\{reference}\{reference}.csproj" /></ItemGroup>
                      <ItemGroup><PackageReference Include="{reference}" /></ItemGroup>
                    </Project>
                    """
                )
            )
            .ShouldBe([$"{name} knows {reference}", $"{name} knows {reference}"]);
    }

    [Theory]
    [InlineData("Intake", "Contracts")]
    [InlineData("Intake", "WorkingTime")]
    [InlineData("Messaging", "Microsoft.EntityFrameworkCore")]
    [InlineData("WorkingTime", "NodaTime")]
    [InlineData("Messaging", "Settings")]
    [InlineData("Gateway", "ServiceDefaults")]
    [InlineData("ServiceDefaults", "Telemetry")]
    [InlineData("Gateway", "Yarp.ReverseProxy")]
    public void Whom_one_may_know_is_not_reported(string name, string reference) =>
        ReferenceRule.Violations(name, [reference]).ShouldBeEmpty();
}
