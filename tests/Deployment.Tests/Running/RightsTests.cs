using System.Text.Json;
using CustomerFeedback.Contracts;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.TestKit;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Deployment.Tests.Running;

/// <summary>
/// The services as they are, on real servers, with nothing but the rights that production gives them: roles by the cluster's scripts, broker users
/// by the permissions in the manifests, settings as the overlay says them.
/// </summary>
public sealed class RightsTests : IAsyncLifetime
{
    private const string VirtualHost = "private"; // PrivateBroker's
    private const string Password = "of-this-test-only";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _state = Directory.CreateTempSubdirectory("customerfeedback-rights-").FullName;
    private readonly List<HostProcess> _hosts = [];
    private RoleDatabases? _databases;
    private PrivateBroker? _broker;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_state, "run"));
        await File.WriteAllTextAsync(Path.Combine(_state, "jwks.json"), """{"keys":[]}""");
        foreach (var file in (string[])["service.jwt", "smtp-password", "provider-secret"])
            await File.WriteAllTextAsync(Path.Combine(_state, file), Password);
        _databases = await RoleDatabases.Make();
        _broker = await PrivateBroker.Start();
        await _broker.Define(JsonSerializer.Serialize(new { users = Users(), permissions = Permissions() }));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
        if (_broker is not null)
            await _broker.DisposeAsync();
        if (_databases is not null)
            await _databases.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task Services_need_no_more_rights_than_they_get_and_get_no_more()
    {
        await Task.WhenAll(Overlay.Services.Select(Migrate)); // in no order: each declares what it needs of the others
        await ApplicationsChangeRowsAndNoTables();
        await CarriedOver.Over(Databases);
        await ApplicationChangesRowsAndNoTables("ticketing", Databases.Address("ticketing", "app"));
        await ApplicationChangesRowsAndNoTables("ticketing", await Databases.SecondLogin("ticketing"));
        await Task.WhenAll(Overlay.Services.Select(Start));
        await EveryQueueIsTaken();
        await NobodyWasRefused();
        await NobodyGoesBeyondHisOwn();
    }

    private RoleDatabases Databases => _databases!;

    private async Task Migrate(string service)
    {
        var dll = Dll(service);
        var environment = HostProcess.Environment(SettingsOf(service, "owner", "migration"));
        var outcome = await Command.Try([DotNet.Host, dll, "migrate"], environment, Path.GetDirectoryName(dll));
        outcome.Code.ShouldBe(0, $"{service} migrate:\n{outcome.Output}");
    }

    private async Task ApplicationsChangeRowsAndNoTables()
    {
        foreach (var service in Overlay.Services.Where(service => service != "analytics"))
            await ApplicationChangesRowsAndNoTables(service, Databases.Address(service, "app"));

        var analytics = Databases.Address("analytics", "app");
        await RoleDatabases.Execute(analytics, "CREATE TABLE public.partition_of_today (id int)");
        (
            await RoleDatabases.Ask(
                analytics,
                "SELECT tableowner::text FROM pg_tables WHERE tablename = 'partition_of_today'"
            )
        ).ShouldBe([Databases.Role("analytics", "owner")]);
    }

    private async Task ApplicationChangesRowsAndNoTables(string service, string app)
    {
        (await RoleDatabases.Ask(app, Tables("NOT (", ")"))).ShouldBeEmpty($"{service} cannot use these tables");
        (await RoleDatabases.Ask(app, Tables("", ""))).Count.ShouldBeGreaterThan(3);
        await Refused("42501", () => RoleDatabases.Execute(app, "CREATE TABLE messaging.more (id int)"));
        await Refused("42501", () => RoleDatabases.Execute(app, "CREATE TABLE public.more (id int)"));
        await Refused("42501", () => RoleDatabases.Execute(app, "ALTER TABLE messaging.outbox ADD more int"));
        await Refused("42501", () => RoleDatabases.Execute(app, "DROP TABLE messaging.outbox"));
        await Refused("42501", () => RoleDatabases.Execute(app, "TRUNCATE messaging.outbox"));
        // Where pg_hba did not keep it out, another service's role would find nothing that it may use.
        var other = Databases.Address(service == "intake" ? "survey" : "intake", "app", service);
        await Refused("42501", () => RoleDatabases.Execute(other, "SELECT 1 FROM messaging.outbox"));
    }

    private async Task Start(string service)
    {
        var plan = new HostPlan(
            service,
            Dll(service),
            port => $"http://127.0.0.1:{port}",
            Ports.Any(),
            Log(service),
            SettingsOf(service, "app", service)
        );
        var host = await HostProcess.Start(plan, RunRecord.In(_state), _ => { }, TestContext.Current.CancellationToken);
        lock (_hosts)
            _hosts.Add(host);
    }

    /// <summary>Every consumer has been let at its queue, and the parker at the two beside it.</summary>
    private async Task EveryQueueIsTaken()
    {
        // Who only asks how long queues are: KEDA's user, with no permission at all.
        await using var connection = await Connect("autoscaling");
        var waiting = EventTable
            .Rows.SelectMany(row => row.Queues)
            .Distinct()
            .SelectMany(queue => (string[])[queue, $"{queue}_error", $"{queue}_skipped"])
            .ToList();
        await Eventually.That(
            async () =>
            {
                await using var channel = await connection.CreateChannelAsync();
                foreach (var queue in waiting.ToList())
                    if ((await channel.QueueDeclarePassiveAsync(queue)).ConsumerCount > 0)
                        waiting.Remove(queue);
                waiting.ShouldBeEmpty();
            },
            Patience
        );
    }

    /// <summary>Relays, timers and workers have begun too by now.</summary>
    private async Task NobodyWasRefused()
    {
        foreach (var service in Overlay.Services)
        {
            var log = await File.ReadAllTextAsync(Log(service));
            log.ShouldNotContain("permission denied", Case.Insensitive, service);
            log.ShouldNotContain("ACCESS_REFUSED", Case.Insensitive, service);
        }
    }

    private string Log(string service) => Path.Combine(_state, $"{service}.log");

    private async Task NobodyGoesBeyondHisOwn()
    {
        await using var survey = await Connect("survey");
        await NotAllowed(survey, c => c.BasicGetAsync("intake-keep-history", autoAck: true));
        await NotAllowed(survey, c => c.QueuePurgeAsync("ticketing-open-ticket-on-request-received"));
        await NotAllowed(
            survey,
            c => c.QueueDeclareAsync("anything", durable: true, exclusive: false, autoDelete: false)
        );
        await NotAllowed(
            survey,
            c => c.ExchangeBindAsync("intake-keep-history", "CustomerFeedback.Contracts.Survey:SurveyOpened", "")
        );
        await using var autoscaling = await Connect("autoscaling");
        await NotAllowed(autoscaling, c => c.BasicGetAsync("intake-keep-history", autoAck: true));
    }

    private static async Task NotAllowed(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync();
        var refused = await Should.ThrowAsync<OperationInterruptedException>(() => act(channel));
        refused.ShutdownReason!.ReplyCode.ShouldBe((ushort)403);
    }

    private static async Task Refused(string state, Func<Task> act) =>
        (await Should.ThrowAsync<PostgresException>(act)).SqlState.ShouldBe(state);

    private Task<IConnection> Connect(string user) =>
        new ConnectionFactory { Uri = Broker(user) }.CreateConnectionAsync();

    private Uri Broker(string user) => new UriBuilder(_broker!.Uri) { UserName = user, Password = Password }.Uri;

    /// <summary>What production's overlay tells the host, with this machine's servers and files in the place of production's.</summary>
    private Dictionary<string, string> SettingsOf(string service, string role, string user)
    {
        var workload = Overlay.Production.Workloads.Single(w => w.IsHost && w.Host == service);
        var settings = new Dictionary<string, string>(
            WorkloadSettings.Of(Overlay.Production, workload),
            StringComparer.Ordinal
        )
        {
            ["Auth__Jwks"] = Path.Combine(_state, "jwks.json"),
            ["Drain__Delay"] = "00:00:00",
            ["Management__Url"] = $"http://127.0.0.1:{Ports.Any()}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["Secrets__Path"] = Secrets(service, role, user),
        };
        foreach (
            var (name, value) in settings.Where(pair => pair.Key.EndsWith("File", StringComparison.Ordinal)).ToList()
        )
            settings[name] = Path.Combine(_state, Path.GetFileName(value));
        return settings;
    }

    /// <summary>A folder with the files that the overlay mounts, by their names.</summary>
    private string Secrets(string service, string role, string user)
    {
        var workload = Overlay.Production.Workloads.Single(w => w.IsHost == (role == "app") && w.Host == service);
        var folder = Directory.CreateDirectory(Path.Combine(_state, $"{service}-{role}")).FullName;
        foreach (var file in WorkloadSettings.Secrets(Overlay.Production, workload))
            File.WriteAllText(
                Path.Combine(folder, file),
                file switch
                {
                    "ConnectionStrings__Database" => Databases.Address(service, role),
                    "ConnectionStrings__Broker" => Broker(user).ToString(),
                    _ => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
                }
            );
        return folder;
    }

    private static string Dll(string service)
    {
        var host = Service.All.Single(s => s.Name == service);
        return Checkout.Dll(host.Folder, host.Assembly);
    }

    private static IEnumerable<object> Users() =>
        Overlay
            .Production.Of("Permission")
            .Select(p => new
            {
                name = p.Name,
                password = Password,
                tags = Array.Empty<string>(),
            });

    private static IEnumerable<object> Permissions() =>
        Overlay
            .Production.Of("Permission")
            .Select(p => new
            {
                user = p.Name,
                vhost = VirtualHost,
                configure = p.Spec.Text("permissions", "configure"),
                write = p.Spec.Text("permissions", "write"),
                read = p.Spec.Text("permissions", "read"),
            });

    /// <summary>Tables of ours whose rows the asking role may (or, negated, may not) read and change.</summary>
    private static string Tables(string before, string after) =>
        "SELECT schemaname || '.' || tablename FROM pg_tables "
        + "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND "
        + $"{before}has_schema_privilege(schemaname, 'USAGE') "
        + "AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT') "
        + "AND has_table_privilege(format('%I.%I', schemaname, tablename), 'INSERT') "
        + "AND has_table_privilege(format('%I.%I', schemaname, tablename), 'UPDATE') "
        + $"AND has_table_privilege(format('%I.%I', schemaname, tablename), 'DELETE'){after}";
}
