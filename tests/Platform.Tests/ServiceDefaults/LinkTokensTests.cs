using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class LinkTokensTests
{
    private static readonly string K1 = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string K2 = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
    private static readonly Guid Id = Guid.CreateVersion7();

    private static LinkTokens With(string current, params (string Kid, string Key)[] keys) =>
        new(Options.Create(new LinkOptions { CurrentKey = current, Keys = keys.ToDictionary(k => k.Kid, k => k.Key) }));

    [Fact]
    public void A_token_says_what_was_signed_and_is_the_same_every_time() =>
        Prop.ForAll<Guid, ushort>(
                (id, generation) =>
                {
                    var links = With("k1", ("k1", K1));
                    var token = links.Sign("status", id, generation);
                    return token == links.Sign("status", id, generation)
                        && links.TryRead("status", token, out var read, out var g)
                        && read == id
                        && g == generation;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_token_is_of_one_purpose_one_id_and_one_generation()
    {
        var links = With("k1", ("k1", K1));
        links.TryRead("survey", links.Sign("status", Id), out _, out _).ShouldBeFalse();
        new[]
        {
            links.Sign("status", Id),
            links.Sign("status", Id, 2),
            links.Sign("status", Guid.CreateVersion7()),
            links.Sign("survey", Id),
        }
            .Distinct()
            .Count()
            .ShouldBe(4);
    }

    [Fact]
    public void A_token_changed_at_any_character_is_refused()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var links = With("k1", ("k1", K1));
        var token = links.Sign("status", Id);
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in alphabet.Where(c => c != token[i]))
                links
                    .TryRead("status", token[..i] + other + token[(i + 1)..], out _, out _)
                    .ShouldBeFalse($"{other} at {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("_____________________________________________________________________________")]
    public void Anything_else_is_refused(string token) =>
        With("k1", ("k1", K1)).TryRead("status", token, out _, out _).ShouldBeFalse();

    [Fact]
    public void Longer_shorter_padded_or_spaced_it_is_refused()
    {
        var links = With("k1", ("k1", K1));
        var token = links.Sign("status", Id);
        foreach (
            var other in (string[])
                [
                    token + "A",
                    token[..^1],
                    token[1..],
                    token + "=",
                    token + " ",
                    " " + token,
                    token + "\n",
                    token + new string('A', 5000),
                ]
        )
            links.TryRead("status", other, out _, out _).ShouldBeFalse(other);
    }

    [Fact]
    public void After_a_rotation_old_links_work_until_their_key_is_withdrawn()
    {
        var old = With("k1", ("k1", K1)).Sign("status", Id);
        var rotated = With("k2", ("k1", K1), ("k2", K2));
        rotated.TryRead("status", old, out var id, out _).ShouldBeTrue();
        id.ShouldBe(Id);
        rotated.Sign("status", Id).ShouldNotBe(old);
        With("k2", ("k2", K2)).TryRead("status", old, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_name_of_another_key_does_not_help()
    {
        var links = With("k1", ("k1", K1), ("k2", K2));
        var bytes = Base64Url.DecodeFromChars(links.Sign("status", Id));
        bytes[2] = (byte)'2';
        links.TryRead("status", Base64Url.EncodeToString(bytes), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("k9", "")]
    [InlineData("k1", "c2hvcnQ=")]
    [InlineData("k1", "not base64")]
    public void A_host_without_usable_keys_does_not_start(string current, string key)
    {
        using var issuer = new Issuer();
        var builder = TinyHost.Builder(issuer);
        builder.Configuration["Links:CurrentKey"] = current;
        builder.Configuration["Links:Keys:k1"] = key.Length == 0 ? K1 : key;
        builder.AddLinkTokens();
        using var app = (IDisposable)builder.Build();
        Should
            .Throw<SettingsException>(() => ((WebApplication)app).UseServiceDefaults())
            .Message.ShouldContain("Links:");
    }
}
