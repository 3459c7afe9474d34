using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;

namespace CustomerFeedback.EndToEnd.Tests.Kit;

/// <summary>The servers under the tests are real and each test's own.</summary>
public sealed class TestServersTests
{
    public sealed class Note
    {
        public int Id { get; set; }

        public string Text { get; set; } = "";
    }

    public sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();
    }

    [Fact]
    public async Task Two_databases_of_one_template_know_nothing_of_each_other()
    {
        await using var one = await TestDatabase.For<NotesContext>();
        await using var other = await TestDatabase.For<NotesContext>();
        await using (var context = one.Context())
        {
            context.Notes.Add(new Note { Text = "订单漏发" });
            await context.SaveChangesAsync();
        }

        await using var here = one.Context();
        await using var there = other.Context();
        (await here.Notes.SingleAsync()).Text.ShouldBe("订单漏发");
        (await there.Notes.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_dropped_database_is_gone()
    {
        var database = await TestDatabase.For<NotesContext>();
        await database.DisposeAsync();

        await using var context = database.Context();
        await Assert.ThrowsAnyAsync<Exception>(() => context.Notes.CountAsync());
    }

    [Fact]
    public async Task A_class_has_one_virtual_host_another_class_another_and_a_claimed_one_is_new()
    {
        var mine = await TestBroker.Of<TestServersTests>();
        (await TestBroker.Of<TestServersTests>()).ShouldBe(mine);
        (await TestBroker.Of<TestServers>()).Uri.ShouldNotBe(mine.Uri);
        var other = await TestBroker.Claim();
        other.Uri.ShouldNotBe(mine.Uri);

        await using var connection = await new ConnectionFactory { Uri = other.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync("q", durable: true, exclusive: false, autoDelete: false, arguments);
        await channel.BasicPublishAsync("", "q", "hello"u8.ToArray());
        var got = await Eventually.Gives(() => channel.BasicGetAsync("q", autoAck: true));
        got.Body.ToArray().ShouldBe("hello"u8.ToArray());
    }
}
