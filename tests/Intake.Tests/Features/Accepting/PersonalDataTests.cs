using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

/// <summary>Names and addresses are in one place, and unreadable there.</summary>
public class PersonalDataTests : IAsyncLifetime
{
    private static readonly string[] Canaries = ["欧阳娜娜", "13912345678", "canary@secret.example", "金丝雀贸易公司"];

    private readonly Listening intake = new();

    public ValueTask InitializeAsync() => intake.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return intake.DisposeAsync();
    }

    private sealed class Listening : IntakeHost, ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        protected override Action<IServiceCollection> Services =>
            services => services.AddSingleton<ILoggerProvider>(this);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (Lines)
                Lines.Add(formatter(state, exception) + exception);
        }

        void IDisposable.Dispose() { }
    }

    private static JsonObject Canary() =>
        ShopRequest
            .Example()
            .With(
                "customer",
                new JsonObject
                {
                    ["externalId"] = "canary-1",
                    ["name"] = Canaries[0],
                    ["phone"] = "+86 139 1234 5678",
                    ["email"] = Canaries[2],
                    ["company"] = Canaries[3],
                }
            );

    [Fact]
    public async Task It_is_in_no_table_no_message_and_no_log_in_plain()
    {
        var shop = intake.Shop();
        await shop.Accepted(Canary());
        await shop.Send(Canary(), "canary-key");
        await shop.Send(Canary().With("type", "riddle"));

        await using var connection = new NpgsqlConnection(intake.Database.ConnectionString);
        await connection.OpenAsync();
        foreach (var table in await Tables(connection))
        {
            var content = await Dump(connection, table);
            foreach (var canary in Canaries)
                content.ShouldNotContain(canary, customMessage: $"{canary} stands in {table}");
        }

        lock (intake.Lines)
            intake.Lines.ShouldNotContain(line => Canaries.Any(line.Contains));
    }

    [Fact]
    public async Task Events_carry_masks_and_which_addresses_are_known()
    {
        await intake.Shop().Accepted(Canary());

        var body = await intake.Sql<string>(
            "SELECT convert_from(body, 'UTF8') FROM messaging.outbox WHERE type LIKE '%:RequestReceived'"
        );
        var customer = JsonNode.Parse(body)!["message"]!["customer"]!;
        ((string)customer["maskedName"]!).ShouldBe("欧阳**");
        ((string)customer["maskedPhone"]!).ShouldBe("139****5678");
        ((string)customer["externalId"]!).ShouldBe("canary-1");
        ((bool)customer["isNew"]!).ShouldBeTrue();
        customer["reachability"]!.ToJsonString().ShouldBe("""{"phone":true,"email":true,"wechat":false,"app":false}""");
        body.ShouldNotContain("/status/");
        body.ShouldContain("订单漏发", customMessage: "the customer's own words travel, to the byte");
    }

    private static async Task<List<string>> Tables(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'messaging')",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        tables.Count.ShouldBeGreaterThan(8);
        return tables;
    }

    // Binary columns as text too: what looks encrypted must not be merely hexadecimal.
    private static async Task<string> Dump(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand($"SELECT t::text FROM {table} t", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var content = new System.Text.StringBuilder();
        while (await reader.ReadAsync())
        {
            var row = reader.GetString(0);
            content.AppendLine(row);
            foreach (
                System.Text.RegularExpressions.Match hex in System.Text.RegularExpressions.Regex.Matches(
                    row,
                    @"\\x([0-9a-f]+)"
                )
            )
                content.AppendLine(System.Text.Encoding.UTF8.GetString(Convert.FromHexString(hex.Groups[1].Value)));
        }

        return content.ToString();
    }
}
