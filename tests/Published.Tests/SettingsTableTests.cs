using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Published.Tests;

/// <summary>The run book names every setting that a host reads; UPDATE_SETTINGS=1 writes it.</summary>
public sealed class SettingsTableTests : IAsyncLifetime
{
    private static readonly string RunBook = Path.Combine(Checkout.Root, "deploy", "README.md");
    private List<(string Host, IReadOnlyList<Setting> Settings)> hosts = [];

    public async ValueTask InitializeAsync()
    {
        hosts = [("gateway", await Setting.Of(Checkout.Dll("gateway", "Gateway")))];
        foreach (var service in Service.All)
            hosts.Add((service.Name, await Setting.Of(Checkout.Dll(service.Folder, service.Assembly))));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_table_in_the_run_book_is_what_the_hosts_say()
    {
        var text = await File.ReadAllTextAsync(RunBook, TestContext.Current.CancellationToken);
        var expected = SettingsTable.In(text, SettingsTable.Of(hosts));
        if (Environment.GetEnvironmentVariable("UPDATE_SETTINGS") == "1")
            await File.WriteAllTextAsync(RunBook, expected, TestContext.Current.CancellationToken);
        else
            text.ShouldBe(expected, "run this test with UPDATE_SETTINGS=1 and look at what changes");
    }

    [Fact]
    public void Every_setting_is_described_in_one_sentence() =>
        hosts
            .SelectMany(host => host.Settings)
            .Where(setting =>
                setting.Description is not { Length: > 10 } words
                || !words.EndsWith('.')
                || words[..^1].Contains(". ", StringComparison.Ordinal)
            )
            .Select(setting => $"{setting.Name}: {setting.Description}")
            .Distinct()
            .ShouldBeEmpty();

    [Fact]
    public void Passwords_and_keys_are_marked_as_secrets() =>
        hosts
            .SelectMany(host => host.Settings)
            .Where(setting => setting.Secret)
            .Select(setting => setting.Name)
            .Distinct()
            .ShouldBe(
                [
                    "ConnectionStrings:Broker",
                    "ConnectionStrings:Database",
                    "Links:Keys:{id}",
                    "Pii:IndexKey",
                    "Pii:Keys:{id}",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void A_setting_means_the_same_in_every_host() =>
        hosts
            .SelectMany(host => host.Settings)
            .Distinct()
            .GroupBy(setting => setting.Name)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key)
            .ShouldBeEmpty();

    [Fact]
    public void Seen_red_a_table_that_lacks_a_setting_is_another_one()
    {
        var whole = SettingsTable.Of(hosts);
        var (host, settings) = hosts[0];
        var lacking = SettingsTable.Of([(host, [.. settings.Skip(1)]), .. hosts.Skip(1)]);
        SettingsTable.In($"# a\n\n{lacking}\nb\n", whole).ShouldBe($"# a\n\n{whole}\nb\n");
        lacking.ShouldNotBe(whole);
    }
}
