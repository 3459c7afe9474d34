using CustomerFeedback.Architecture.Tests.Rules;

namespace CustomerFeedback.Architecture.Tests;

public class DomainTests
{
    private const string Planted = "CustomerFeedback.Architecture.Tests.Planted.Domain";

    public static TheoryData<string> Services => [.. House.Services];

    public static TheoryData<string> Leaks =>
        [.. typeof(DomainTests).Assembly.GetTypes().Where(IsPlantedLeak).Select(type => type.FullName!)];

    [Theory, MemberData(nameof(Services))]
    public void Domain_code_uses_nothing_but_the_base_library_NodaTime_WorkingTime_Masking_and_itself(string service)
    {
        using var assembly = House.Assembly(service);
        DomainRule.Leaks(assembly, $"CustomerFeedback.{service}.Domain", DomainRule.AlsoFor(service)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_has_a_Domain_unless_it_is_listed_as_still_without(string service)
    {
        using var assembly = House.Assembly(service);
        DomainRule
            .Types(assembly, $"CustomerFeedback.{service}.Domain")
            .Any()
            .ShouldBe(!House.WithoutDomainYet.Contains(service), "House.WithoutDomainYet lists who has none");
    }

    [Theory, MemberData(nameof(Leaks))]
    public void Seen_red_each_way_to_know_too_much_is_reported(string leak)
    {
        using var assembly = House.Assembly("Architecture.Tests");
        DomainRule
            .Leaks(assembly, Planted)
            .ShouldContain(reported => reported.StartsWith($"{leak} uses ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_Domain_may_use_is_not_reported()
    {
        using var assembly = House.Assembly("Architecture.Tests");
        DomainRule.Types(assembly, Planted).ShouldContain(type => type.Name == "Innocent");
        DomainRule.Leaks(assembly, Planted).ShouldNotContain(reported => reported.Contains("Innocent"));
        DomainRule
            .Leaks(assembly, Planted, "Mono.Cecil")
            .ShouldNotContain(reported => reported.Contains("LeakByPackage"));
    }

    [Fact]
    public void Seen_red_a_namespace_that_only_begins_alike_is_not_the_Domain()
    {
        using var assembly = House.Assembly("Architecture.Tests");
        DomainRule.Types(assembly, "CustomerFeedback.Architecture.Tests.Planted.Dom").ShouldBeEmpty();
        DomainRule.Types(assembly, "CustomerFeedback.Architecture.Tests.Planted").ShouldNotBeEmpty();
    }

    private static bool IsPlantedLeak(Type type) =>
        type.Namespace == Planted && !type.IsNested && type.Name.StartsWith("LeakBy", StringComparison.Ordinal);
}
