using CustomerFeedback.Architecture.Tests.Rules;

namespace CustomerFeedback.Architecture.Tests;

/// <summary>What hosts read is what the catalogue names.</summary>
public class SettingsTests
{
    private const string Planted = "CustomerFeedback.Architecture.Tests.Planted";

    public static TheoryData<string> Readers =>
        [.. House.Services, .. House.PlatformLibraries.Where(name => name != "Settings"), "Gateway", "Contracts"];

    private static IEnumerable<string> SettingsFiles =>
        House.Files.Where(path =>
            Path.GetFileName(path).StartsWith("appsettings", StringComparison.Ordinal)
            && path.EndsWith(".json", StringComparison.Ordinal)
        );

    [Theory, MemberData(nameof(Readers))]
    public void Configuration_is_read_through_one_door(string name)
    {
        using var assembly = House.Assembly(name);
        SettingsRule.Violations(assembly).ShouldBeEmpty();
    }

    [Fact]
    public void No_secret_stands_in_a_settings_file()
    {
        SettingsFiles.ShouldContain("gateway/appsettings.json");
        SettingsFiles.SelectMany(path => SettingsRule.Secrets(path, House.Read(path))).ShouldBeEmpty();
    }

    [Fact]
    public void Seen_red_reading_beside_the_door_is_reported()
    {
        using var assembly = House.Assembly("Architecture.Tests");
        SettingsRule
            .Violations(assembly)
            .Where(found => found.StartsWith(Planted, StringComparison.Ordinal))
            .ShouldBe(
                [
                    $"{Planted}.ReadsByName calls get_Item",
                    $"{Planted}.ReadsSection calls GetSection",
                    $"{Planted}.ReadsSection calls GetValue",
                    $"{Planted}.BindsOptions calls BindConfiguration",
                    $"{Planted}.ReadsEnvironment calls GetEnvironmentVariable",
                ],
                ignoreOrder: true
            );
    }

    [Theory]
    [InlineData("""{ "ConnectionStrings": { "Database": "Host=a" } }""", "ConnectionStrings:Database")]
    [InlineData("""{ "Edges": { "Somewhere": "Host=a;Password=b" } }""", "Edges:Somewhere")]
    [InlineData("""{ "Bus": "amqp://guest:guest@localhost/" }""", "Bus")]
    [InlineData("""{ "Links": { "Keys": { "k1": "a" } } }""", "Links:Keys:k1")]
    [InlineData("""{ "Pii": { "IndexKey": "a" } }""", "Pii:IndexKey")]
    [InlineData("""{ "A": ["b", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="] }""", "A:1")]
    public void Seen_red_a_secret_in_a_settings_file_is_reported(string json, string setting) =>
        SettingsRule.Secrets("appsettings.json", json).ShouldBe([$"appsettings.json: {setting}"]);

    [Theory]
    [InlineData("""{ "Links": { "CurrentKey": "k1" }, "Edges": { "TokenFile": "/run/token" }, "Logging": {} }""")]
    [InlineData("""{ "Url": "https://shop.example/v1/requests", "Path": "/v1/imports/{**rest}" }""")]
    public void What_is_no_secret_is_not_reported(string json) =>
        SettingsRule.Secrets("appsettings.json", json).ShouldBeEmpty();
}
