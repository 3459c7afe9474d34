using System.Diagnostics;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using MassTransit;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>A shop in a process of its own, to be killed without warning.</summary>
internal sealed class ShopProcess : IDisposable
{
    public const string Verb = "shop-process";

    private readonly Process _process;

    private ShopProcess(Process process) => _process = process;

    /// <summary>What the process does besides running its relay.</summary>
    public enum Does
    {
        /// <summary>Commits ten orders.</summary>
        Places,

        /// <summary>Consumes orders, and never comes to acknowledge one.</summary>
        HandlesAndHangs,
    }

    public static ShopProcess Start(TestDatabase database, TestBroker broker, Does does)
    {
        var start = new ProcessStartInfo(
            DotNet.Host,
            [typeof(ShopProcess).Assembly.Location, Verb, database.ConnectionString, broker.Uri.ToString(), $"{does}"]
        );
        return new ShopProcess(Process.Start(start)!);
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.HasExited.ShouldBeFalse();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.ExitCode.ShouldBe(128 + Native.Kill);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> Run(string[] how)
    {
        var does = Enum.Parse<Does>(how[2]);
        await using var shop = await Shop.Start(
            how[0],
            new Uri(how[1]),
            consume =>
            {
                if (does == Does.HandlesAndHangs)
                    consume.Consume<HangOnOrderPlaced, OrderPlaced>();
            },
            Hasty
        );
        if (does == Does.Places)
            await shop.Place([.. Enumerable.Range(1, 10)]);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>So that a dead process's leases run out within the test's patience.</summary>
    public static void Hasty(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder)
    {
        builder.Configuration["Relay:SendTimeout"] = "00:00:02";
        builder.Configuration["Relay:Lease"] = "00:00:04";
    }

    /// <summary>Same queue as the consumer that takes over; stands still between the commit and the acknowledgement.</summary>
    internal sealed class HangOnOrderPlaced(ShopDbContext db) : IConsumer<OrderPlaced>
    {
        public async Task Consume(ConsumeContext<OrderPlaced> context)
        {
            await db.HandleOnce(
                context,
                _ =>
                {
                    db.Notes.Add(new Note { Text = $"order {context.Message.Number}" });
                    return Task.CompletedTask;
                }
            );
            await Task.Delay(Timeout.Infinite);
        }
    }
}
