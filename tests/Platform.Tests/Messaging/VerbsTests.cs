using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>The verb <c>migrate</c> where servers are late, and where they refuse.</summary>
public sealed class VerbsTests
{
    [Fact]
    public async Task Migrate_waits_for_its_servers_and_says_once_what_for()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        var broker = await TestBroker.Of<VerbsTests>();
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var toDatabase = new Door(address.Host!, address.Port);
        await using var toBroker = new Door(broker.Uri.Host, broker.Uri.Port);
        address.Host = "127.0.0.1";
        address.Port = toDatabase.Port;
        using var shop = MigratingShop.Start(
            address.ConnectionString,
            new UriBuilder(broker.Uri) { Host = "127.0.0.1", Port = toBroker.Port }.Uri
        );

        await ComesAndLeads("database", toDatabase);
        await ComesAndLeads("broker", toBroker);

        (await shop.Ended()).ShouldBe(0, string.Join('\n', shop.Told));
        Waits("database").ShouldBe(2); // refused, then sent away: however often it came
        Waits("broker").ShouldBe(2);
        await using var channel = await Queues.Channel(broker.Uri);
        (await channel.QueueDeclarePassiveAsync(Shop.Queue)).QueueName.ShouldBe(Shop.Queue);
        (await database.Scalar<bool>("SELECT to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL")).ShouldBeTrue();

        async Task ComesAndLeads(string server, Door door)
        {
            await Eventually.That(() => Waits(server) == 1);
            door.Shut();
            await Eventually.That(() => Waits(server) == 2 && door.SentAway > 3);
            door.Open();
        }

        int Waits(string server) =>
            shop.Told.Count(line => line.Contains($"Waiting for the {server}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Migrate_ends_at_once_where_the_database_refuses()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "not-this-one" };
        using var shop = MigratingShop.Start(wrong.ConnectionString, TestBroker.Unreachable.Uri);
        (await shop.Ended()).ShouldBe(1);
        LastLine(shop).ShouldStartWith("migrate failed: 28P01: password authentication failed");
    }

    [Fact]
    public async Task Migrate_ends_at_once_where_the_broker_refuses()
    {
        await using var database = await TestDatabase.For<ShopDbContext>();
        var wrong = new UriBuilder((await TestBroker.Of<VerbsTests>()).Uri) { Password = "not-this-one" }.Uri;
        using var shop = MigratingShop.Start(database.ConnectionString, wrong);
        (await shop.Ended()).ShouldBe(1);
        LastLine(shop).ShouldContain("ACCESS_REFUSED");
    }

    [Fact]
    public async Task A_name_that_nobody_knows_yet_is_waited_for()
    {
        await using var database = new NpgsqlConnection(
            "Host=later.invalid;Database=none;Username=nobody;Pooling=false"
        );
        Outage.IsCauseOf(await Should.ThrowAsync<Exception>(() => database.OpenAsync())).ShouldBeTrue();
        Outage.IsOfBroker(await Undeclared(new("amqp://nobody:nothing@later.invalid/none"))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_broker_that_answers_and_refuses_is_not_waited_for()
    {
        var broker = (await TestBroker.Of<VerbsTests>()).Uri;
        Outage.IsOfBroker(await Undeclared(new UriBuilder(broker) { Path = "/nowhere" }.Uri)).ShouldBeFalse();
        Outage.IsOfBroker(await Undeclared(new UriBuilder(broker) { UserName = "nobody" }.Uri)).ShouldBeFalse();
        Outage.IsOfBroker(await Undeclared(TestBroker.Unreachable.Uri)).ShouldBeTrue();
    }

    private static Task<Exception> Undeclared(Uri broker) =>
        Should.ThrowAsync<Exception>(() =>
            Topology.Declare(new MessagingSetup("shop", "", broker, [], []), CancellationToken.None)
        );

    /// <summary>What it says at its end; no waiting before it, and no stack after it.</summary>
    private static string LastLine(MigratingShop shop)
    {
        shop.Told.ShouldNotContain(line => line.Contains("Waiting for", StringComparison.Ordinal));
        shop.Told.ShouldNotContain(line =>
            line.StartsWith("   at ", StringComparison.Ordinal)
            || line.StartsWith("Unhandled", StringComparison.Ordinal)
        );
        return shop.Told.Single(line => line.StartsWith("migrate failed: ", StringComparison.Ordinal));
    }
}
