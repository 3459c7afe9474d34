using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using CustomerFeedback.Platform.Tests.Settings;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class TokenTests : IAsyncLifetime
{
    private TinyHost host = null!;

    public async ValueTask InitializeAsync() =>
        host = await TinyHost.Start(app =>
        {
            app.MapGet("/v1/tickets", (ClaimsPrincipal user) => user.Caller().Subject);
            app.MapGet(
                "/v1/tickets/{number}",
                (ClaimsPrincipal user) =>
                {
                    var caller = user.Caller();
                    return string.Join(
                        '|',
                        new[] { caller.Roles, caller.Scopes, caller.Teams, caller.Departments }.Select(s =>
                            string.Join(' ', s.Order())
                        )
                    );
                }
            );
        });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static Dictionary<string, object> Claims(Action<Dictionary<string, object>>? change = null)
    {
        var claims = Issuer.Claims("li.wei", "agent");
        change?.Invoke(claims);
        return claims;
    }

    private async Task ShouldPass(string token)
    {
        var answer = await host.Send("GET", "/v1/tickets", token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("li.wei");
    }

    private async Task ShouldFail(string token)
    {
        var answer = await host.Send("GET", "/v1/tickets", token);
        await answer.Problem(401, "unauthenticated");
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    [Fact]
    public async Task A_valid_token_tells_who_asks_each_time_it_is_used()
    {
        var token = Issuer.Token(
            Claims(c =>
            {
                c["roles"] = new[] { "agent", "lead" };
                c["scope"] = "pii:read openid";
                c["teams"] = new[] { "front-line", "complaints" };
                c["departments"] = "logistics";
            })
        );
        for (var i = 0; i < 3; i++)
        {
            await ShouldPass(token);
            var answer = await host.Send("GET", "/v1/tickets/R26-0000001", token);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(
                "agent lead|openid pii:read|complaints front-line|logistics"
            );
        }
    }

    [Fact]
    public async Task An_elliptic_key_is_as_good_as_an_RSA_key()
    {
        host.Issuer.Rotate("k1", "e1");
        await Eventually.That(() => ShouldPass(Issuer.Token(Claims(), "e1")));
    }

    [Fact]
    public Task Unsigned_is_refused() => ShouldFail(Issuer.Token(Claims(), alg: "none", sign: _ => []));

    [Fact]
    public Task Signed_with_the_public_key_as_a_secret_is_refused() =>
        ShouldFail(
            Issuer.Token(
                Claims(),
                alg: "HS256",
                sign: data => HMACSHA256.HashData(Issuer.Rsa("k1").ExportSubjectPublicKeyInfo(), data)
            )
        );

    [Fact]
    public Task Another_algorithm_of_the_same_key_is_refused() =>
        ShouldFail(
            Issuer.Token(
                Claims(),
                alg: "PS256",
                sign: data => Issuer.Rsa("k1").SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            )
        );

    [Fact]
    public async Task A_key_that_the_token_brings_along_or_points_to_is_not_looked_at()
    {
        using var own = RSA.Create(2048);
        byte[] Sign(byte[] data) => Issuer.Sign(own, data);
        await ShouldFail(Issuer.Token(Claims(), header: Header("jwk", Issuer.Jwk("k1", own)), sign: Sign));
        await ShouldFail(Issuer.Token(Claims(), header: Header("jku", "https://attacker.test/jwks.json"), sign: Sign));
        await ShouldFail(Issuer.Token(Claims(), header: Header("kid", "attacker"), sign: Sign));
        await ShouldFail(Issuer.Token(Claims(), header: Header("kid", "../../etc/passwd"), sign: Sign));
    }

    [Fact]
    public Task Without_the_name_of_a_key_it_is_refused() =>
        ShouldFail(Issuer.Token(Claims(), header: Header("kid", "")));

    [Fact]
    public Task A_token_of_another_kind_is_refused() =>
        ShouldFail(Issuer.Token(Claims(), header: Header("typ", "id+jwt")));

    [Fact]
    public async Task A_changed_payload_or_signature_is_refused()
    {
        var parts = Issuer.Token(Claims()).Split('.');
        var other = Issuer.Token(Claims(c => c["roles"] = "admin")).Split('.');
        await ShouldFail($"{parts[0]}.{other[1]}.{parts[2]}");
        await ShouldFail($"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}");
        await ShouldFail($"{parts[0]}.{parts[1]}.");
    }

    public static TheoryData<string, object?> WrongClaims =>
        new()
        {
            { "iss", "https://another.test" },
            { "iss", null },
            { "aud", "another-client" },
            { "aud", null },
            { "sub", null },
            { "sub", "" },
            { "exp", null },
            { "exp", -90 },
            { "nbf", 90 },
        };

    [Theory, MemberData(nameof(WrongClaims))]
    public Task A_wrong_or_missing_claim_is_refused(string claim, object? value) =>
        ShouldFail(
            Issuer.Token(
                Claims(c =>
                {
                    if (value is null)
                        c.Remove(claim);
                    else
                        c[claim] = value is int seconds ? Issuer.Now + seconds : value;
                })
            )
        );

    [Fact]
    public async Task Clocks_may_differ_by_less_than_a_minute()
    {
        await ShouldPass(Issuer.Token(Claims(c => c["exp"] = Issuer.Now - 30)));
        await ShouldPass(Issuer.Token(Claims(c => c["nbf"] = Issuer.Now + 30)));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer not a token")]
    [InlineData("Basic bGkud2VpOnNlY3JldA==")]
    public async Task Anything_else_in_the_header_is_refused(string header) =>
        await (await host.Send("GET", "/v1/tickets", null, null, ("Authorization", header))).Problem(
            401,
            "unauthenticated"
        );

    [Fact]
    public async Task A_new_key_is_taken_while_the_old_one_still_counts_and_a_withdrawn_one_ends_its_tokens_at_once()
    {
        var old = Issuer.Token(Claims());
        await ShouldPass(old);
        host.Issuer.Rotate("k1", "k2");
        await Eventually.That(() => ShouldPass(Issuer.Token(Claims(), "k2")));
        await ShouldPass(old);
        host.Issuer.Rotate("k2");
        await Eventually.That(() => ShouldFail(old));
        await ShouldPass(Issuer.Token(Claims(), "k2"));
    }

    [Fact]
    public async Task A_mounted_key_set_is_read_again_when_its_folder_is_turned_around()
    {
        var first = await File.ReadAllTextAsync(host.Issuer.JwksPath);
        using var folder = new MountedFolder(("jwks.json", first));
        await using var mounted = await TinyHost.Start(
            app => app.MapGet("/v1/tickets", () => "in"),
            configure: builder => builder.Configuration["Auth:Jwks"] = folder.File("jwks.json")
        );
        var young = Issuer.Token(Claims(), "k2");
        (await mounted.Send("GET", "/v1/tickets", Issuer.Token(Claims()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mounted.Send("GET", "/v1/tickets", young)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        host.Issuer.Rotate("k2");
        folder.Turn(("jwks.json", await File.ReadAllTextAsync(host.Issuer.JwksPath)));
        await Eventually.That(async () =>
            (await mounted.Send("GET", "/v1/tickets", young)).StatusCode == HttpStatusCode.OK
        );
    }

    [Fact]
    public async Task A_broken_key_file_leaves_the_last_good_keys_in_place()
    {
        var token = Issuer.Token(Claims());
        await ShouldPass(token);
        await File.WriteAllTextAsync(host.Issuer.JwksPath, "{ not json");
        // Long enough for the file to have been looked at again.
        var until = Environment.TickCount64 + 2500;
        await Eventually.That(() => Environment.TickCount64 > until);
        await ShouldPass(token);
        await ShouldPass(Issuer.Token(Claims()));
    }

    [Fact]
    public async Task Without_any_keys_nobody_gets_in_and_it_is_our_fault()
    {
        File.Delete(host.Issuer.JwksPath);
        var answer = await host.Send("GET", "/v1/tickets", Issuer.Token(Claims()));
        await answer.Problem(503, "unavailable");
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_missing_setting_stops_the_host_and_is_named()
    {
        var start = TinyHost.Start(_ => { }, configure: b => b.Configuration["Auth:Audience"] = "");
        (await start.ShouldThrowAsync<Exception>()).ToString().ShouldContain("Auth:Audience");
    }

    private static Dictionary<string, object> Header(string name, object value) =>
        new(StringComparer.Ordinal) { [name] = value };
}
