using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Published.Tests.Running;
using CustomerFeedback.Sbom;
using CustomerFeedback.TestKit;
using Npgsql;

[assembly: CaptureConsole]

namespace CustomerFeedback.Published.Tests;

/// <summary>
/// What images hold, started as they start it. Publishing takes minutes, so these are run by name (<c>-explicit only</c>, as <c>.ci/run</c> does) and not by
/// <c>dotnet test</c>.
/// </summary>
public sealed class PublishedHostsTests(PublishedSystem system, ITestOutputHelper output)
    : IClassFixture<PublishedSystem>
{
    private const string Listening = "Now listening on";

    [Fact(Explicit = true)]
    public async Task Published_hosts_carry_a_request_to_the_numbers_under_restricted_roles()
    {
        await system.Ready();
        foreach (var service in Service.All)
        {
            var (code, told, took) = await system.Migrate(service.Name);
            code.ShouldBe(0, $"{service.Name} migrate: {told}");
            output.WriteLine($"{service.Name} migrate: {took.TotalSeconds:0.0} s");
        }
        (await system.Migrate("intake")).Code.ShouldBe(0); // once more, as an upgrade does

        var before = system.Hosts.Values.SelectMany(host => host.Files()).ToList();
        await system.StartAll();
        foreach (var running in system.Running)
            running.Output().ShouldContain(Listening, Case.Sensitive, running.Host.Name);
        var number = await Accept();
        await Analysed(number);
        await Drawn();
        await MayNotChangeTables();
        foreach (var running in system.Running)
            (await running.Stop()).ShouldBe(0, $"{running.Host.Name}: {running.Output()}");
        system.Hosts.Values.SelectMany(host => host.Files()).ShouldBe(before, "a read-only file system keeps it so");
        foreach (var running in system.Running)
            running.Output().ShouldNotContain("permission denied");
    }

    [Fact(Explicit = true)]
    public async Task Without_a_required_setting_a_host_stops_and_names_it()
    {
        await system.Ready();
        using var servers = new SilentServers();
        foreach (var host in system.Hosts.Values)
        {
            var all = Production.Of(host.Name, servers.Instead(system.Place));
            foreach (var setting in (await Setting.Of(host.Dll)).Where(setting => setting.Required))
            {
                var variable = Production.Variable(setting);
                all.Environment.Keys.Concat(all.Secrets.Keys).ShouldContain(variable, host.Name);
                var (code, told, took) = await host.End(all.Without(variable));
                output.WriteLine($"{host.Name, -14}{variable, -70}{took.TotalSeconds:0.00} s");
                code.ShouldBe(78, $"{host.Name} without {variable}: {told}");
                told.ShouldContain($"Setting {variable.Replace("__", ":", StringComparison.Ordinal)}: missing");
                told.ShouldNotContain("   at ");
                StoppedAtOnce(told, took);
                servers.WereAsked.ShouldBeFalse($"{host.Name} without {variable} went to its servers");
            }
        }
    }

    [Fact(Explicit = true)]
    public async Task Seen_red_a_host_that_lacks_nothing_goes_to_its_servers()
    {
        await system.Ready();
        using var servers = new SilentServers();
        var settings = Production.Of("intake", servers.Instead(system.Place));
        await using var running = system.Hosts["intake"].Start(settings, new Uri("http://127.0.0.1:0"));
        await Eventually.That(() => servers.WereAsked);
        await Eventually.That(() => running.Output().Contains(Listening, StringComparison.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task What_is_published_is_what_its_bill_says_is_shipped()
    {
        await system.Ready();
        var licences = Licences.Read(Path.Combine(Repository.Root, "deploy", "sbom", "licences.json"));
        foreach (var host in system.Hosts.Values)
        {
            var told = await File.ReadAllTextAsync(Path.ChangeExtension(host.Dll, ".deps.json"));
            var shipped = JsonDocument
                .Parse(told)
                .RootElement.GetProperty("libraries")
                .EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => $"pkg:nuget/{library.Name.Replace('/', '@')}");
            Bill.Of(Repository.Hosts.Single(one => one.Name == host.Name), licences)
                .Components.Where(one => one.IsShipped && one.Ref.StartsWith("pkg:nuget/", StringComparison.Ordinal))
                .Select(one => one.Ref)
                .ShouldBe(shipped, ignoreOrder: true, host.Name);
        }
    }

    [Fact(Explicit = true)]
    public async Task Without_any_setting_a_host_names_all_that_it_needs()
    {
        await system.Ready();
        var none = new HostSettings(new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var host in system.Hosts.Values)
        {
            var (code, told, took) = await host.End(none);
            output.WriteLine($"{host.Name}: {took.TotalSeconds:0.00} s");
            code.ShouldBe(78, told);
            StoppedAtOnce(told, took);
            foreach (var setting in (await Setting.Of(host.Dll)).Where(setting => setting.Required))
                told.ShouldContain($"Setting {setting.Name.Split(":{id}")[0]}");
        }
        foreach (var service in Service.All)
        {
            var (code, told, _) = await system.Hosts[service.Name].End(none, "migrate");
            code.ShouldBe(78, told);
            told.Trim()
                .Split('\n')
                .Select(line => line.Split(": ")[0])
                .ShouldBe(["Setting ConnectionStrings:Database", "Setting ConnectionStrings:Broker"]);
        }
    }

    /// <summary>Before it does anything; and, widely, soon: it takes less than a second where nothing else runs.</summary>
    private static void StoppedAtOnce(string told, TimeSpan took)
    {
        told.ShouldNotContain(Listening);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    /// <summary>The dashboard has come with its charts.</summary>
    private async Task Drawn()
    {
        using var browser = new HttpClient { BaseAddress = system.Place.Addresses["analytics"] };
        using var charts = await browser.GetAsync("/dashboard/echarts.js", TestContext.Current.CancellationToken);
        charts.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> Accept()
    {
        using var shop = Client("shop", "integration");
        using var answer = await shop.PostAsJsonAsync(
            "/v1/requests",
            new
            {
                source = "shop",
                externalId = $"published-{Guid.CreateVersion7():n}",
                channel = "app",
                type = "inquiry",
                urgency = "normal",
                language = "zh-CN",
                customer = new
                {
                    externalId = "c-1",
                    name = "张伟",
                    phone = "13800001234",
                },
                subject = "订单漏发",
                description = new { what = "少发一件", expectation = "今天补发" },
            },
            TestContext.Current.CancellationToken
        );
        var told = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, told);
        return JsonDocument.Parse(told).RootElement.GetProperty("number").GetString()!;
    }

    private async Task Analysed(string number)
    {
        using var analyst = Client("chen.jie", "analyst");
        await Eventually.That(
            async () =>
            {
                using var answer = await analyst.GetAsync($"/v1/loops/{number}");
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
                var loop = await answer.Content.ReadFromJsonAsync<JsonElement>();
                loop.GetProperty("ticket").GetProperty("status").GetString().ShouldNotBeNullOrEmpty();
            },
            TimeSpan.FromSeconds(120)
        );
    }

    private async Task MayNotChangeTables()
    {
        foreach (var service in Service.All.Where(service => service.Name != "analytics"))
        {
            await using var connection = new NpgsqlConnection(system.Databases.Address(service.Name, "app"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("CREATE TABLE public.planted (id int)", connection);
            (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
        }
    }

    private HttpClient Client(string name, string role) =>
        new()
        {
            BaseAddress = system.Place.Addresses["gateway"],
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For(name, [role])),
            },
        };
}
