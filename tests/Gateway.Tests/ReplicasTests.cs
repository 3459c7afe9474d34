using System.Net;
using System.Net.Sockets;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Gateway.Tests;

/// <summary>A name with several addresses, as a headless Service has one for every pod that is ready.</summary>
public sealed class ReplicasTests : IAsyncLifetime
{
    private static readonly string Token = TestTokens.For("shop", ["integration"]);
    private Backend one = null!;
    private Backend two = null!;
    private Gate gate = null!;

    /// <summary>What the name stands for; nothing: it is not known.</summary>
    private volatile string[] addresses = [];
    private volatile int lookups;

    public async ValueTask InitializeAsync()
    {
        one = await Backend.Start("one");
        var port = new Uri(one.Address).Port;
        two = await Backend.Start("two", $"http://127.0.0.2:{port}");
        var settings = new Dictionary<string, string?>(Limits.None) { ["Destinations:Refresh"] = "00:00:00.050" };
        gate = new Gate(settings, Lookup, ("intake", [$"http://intake.example:{port}"]));
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        await one.DisposeAsync();
        await two.DisposeAsync();
    }

    private Task<IPAddress[]> Lookup(string host, CancellationToken ct)
    {
        if (host != "intake.example")
            return Dns.GetHostAddressesAsync(host, ct);
        Interlocked.Increment(ref lookups);
        return addresses is { Length: > 0 } known
            ? Task.FromResult(Array.ConvertAll(known, IPAddress.Parse))
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    private Task<HttpResponseMessage> Get() => gate.Send("GET", "/v1/requests", Token);

    private async Task Reaches(params Backend[] expected)
    {
        await Eventually.That(async () =>
        {
            foreach (var backend in (Backend[])[one, two])
                backend.Seen.Clear();
            for (var i = 0; i < 40; i++)
                (await Get()).StatusCode.ShouldBe(HttpStatusCode.OK);
            one.Seen.IsEmpty.ShouldBe(!expected.Contains(one));
            two.Seen.IsEmpty.ShouldBe(!expected.Contains(two));
        });
    }

    [Fact]
    public async Task Replicas_come_and_go_with_the_addresses_of_their_name()
    {
        await (await Get()).Problem(503, "unavailable");

        addresses = ["127.0.0.1"];
        await Reaches(one);
        addresses = ["127.0.0.1", "127.0.0.2"];
        await Reaches(one, two);
        addresses = ["127.0.0.2"];
        await Reaches(two);
        two.Seen.ShouldAllBe(seen => seen.Headers.Host == $"intake.example:{new Uri(one.Address).Port}");
    }

    [Fact]
    public async Task While_nobody_knows_the_name_those_who_were_there_stay()
    {
        addresses = ["127.0.0.1", "127.0.0.2"];
        await Reaches(one, two);
        addresses = [];
        var asked = lookups;
        await Eventually.That(() => lookups > asked + 2);
        await Reaches(one, two);
    }
}
