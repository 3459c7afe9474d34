using CustomerFeedback.Deployment.Tests.Rules;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests;

/// <summary>What is rendered is looked at by <see cref="SecretRule"/>; this is everything that lies in deploy/ and is text.</summary>
public class SecretScanTests
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "secrets"];

    [Fact]
    public void No_file_of_the_deployment_holds_a_secret()
    {
        var files = Files(new(Path.Combine(Checkout.Root, "deploy"))).ToList();
        files.Count.ShouldBeGreaterThan(50);
        files
            .SelectMany(file => SecretRule.Literals(File.ReadAllText(file)).Select(literal => $"{file}: {literal}"))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Host=db;Password=hunter22;Database=a", "hunter22")]
    [InlineData("amqp://user:hunter22@broker/", "hunter22")]
    [InlineData(
        "key: Zm9vYmFyMTIzNDU2Nzg5MEFC" + "Q0RFRkdISUpLTE1OT1BRUg==",
        "Zm9vYmFyMTIzNDU2Nzg5MEFC" + "Q0RFRkdISUpLTE1OT1BRUg=="
    )]
    public void Seen_red_a_secret_in_a_text_is_found(string text, string secret) =>
        SecretRule.Literals(text).ShouldBe([secret]);

    [Theory]
    [InlineData("Host=db;Password={{ .database }};Database=a")]
    [InlineData("amqp://user:%s@broker/")]
    [InlineData("image: a/b@sha256:91d91cadc0a27d01aacb4ce69261cbbfb38e8da14109ac932883b1c7c2a74f26")]
    [InlineData("notifications-acknowledge-on-request-received")]
    public void A_place_for_a_secret_and_a_long_name_are_none(string text) => SecretRule.Literals(text).ShouldBeEmpty();

    private static IEnumerable<string> Files(DirectoryInfo folder) =>
        folder
            .EnumerateDirectories()
            .Where(inner => !NotOurs.Contains(inner.Name))
            .SelectMany(Files)
            .Concat(
                folder.EnumerateFiles().Where(file => file.Name != "packages.lock.json").Select(file => file.FullName)
            );
}
