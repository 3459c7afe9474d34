using System.Net;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Gateway.Tests;

public sealed class AccessTests(AccessTests.Whole whole) : IClassFixture<AccessTests.Whole>
{
    private static readonly string[] AllRoles =
    [
        "integration",
        "agent",
        "lead",
        "manager",
        "duty",
        "department",
        "interviewer",
        "analyst",
        "admin",
        "service",
    ];

    // What the gateway answers itself, and what only the hosts behind it answer.
    private static readonly string[] Own =
    [
        "/livez",
        "/readyz",
        "/startupz",
        "/openapi.json",
        "/openapi/{document}.json",
        "/docs/{**page}",
    ];

    public static TheoryData<string, string> Rows =>
        [.. Access.Public.Rows.Where(r => !Own.Contains(r.Path)).Select(r => (r.Method, r.Path))];

    [Theory, MemberData(nameof(Rows))]
    public async Task Each_row_of_the_table_is_forwarded_for_whom_it_names_and_refused_at_the_door_for_others(
        string method,
        string pattern
    )
    {
        var row = Access.Table.Rows.Single(r => r.Method == method && r.Path == pattern);
        foreach (var path in Concrete(pattern))
        {
            (await whole.Status(method, path, null)).ShouldBe(
                row.IsAnonymous ? HttpStatusCode.OK : HttpStatusCode.Unauthorized,
                path
            );
            foreach (var role in AllRoles)
            {
                var expected =
                    row.IsAnonymous || row.Roles.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                (await whole.Status(method, path, whole.TokenOf(role))).ShouldBe(expected, $"{path} {role}");
            }
        }
    }

    [Theory]
    [InlineData("GET", "/v1/requests/R26-0000001", "intake")]
    [InlineData("GET", "/v1/requests", "intake")]
    [InlineData("POST", "/v1/customers:batch", "intake")]
    [InlineData("GET", "/v1/customers/C-77", "intake")]
    [InlineData("GET", "/v1/classification-rules", "intake")]
    [InlineData("POST", "/v1/imports", "intake")]
    [InlineData("GET", "/v1/tickets/R26-0000001/sla/explain", "ticketing")]
    [InlineData("GET", "/v1/sla/policies", "ticketing")]
    [InlineData("GET", "/v1/teams", "ticketing")]
    [InlineData("GET", "/v1/agents/li.wei", "ticketing")]
    [InlineData("GET", "/v1/rosters", "ticketing")]
    [InlineData("GET", "/v1/routing-rules", "ticketing")]
    [InlineData("GET", "/status/abc", "ticketing")]
    [InlineData("POST", "/status/abc/confirmation", "ticketing")]
    [InlineData("GET", "/s/abc", "survey")]
    [InlineData("GET", "/v1/survey-links/abc", "survey")]
    [InlineData("GET", "/v1/store-links/abc.svg", "survey")]
    [InlineData("GET", "/v1/contact-ledger/C-77", "survey")]
    [InlineData("GET", "/v1/suggestions", "survey")]
    [InlineData("POST", "/v1/analytics/query", "analytics")]
    [InlineData("GET", "/v1/loops/R26-0000001", "analytics")]
    [InlineData("GET", "/dashboard", "analytics")]
    [InlineData("GET", "/dashboard/app.js", "analytics")]
    [InlineData("GET", "/v1/webhooks", "notifications")]
    [InlineData("GET", "/v1/notifications", "notifications")]
    [InlineData("GET", "/v1/jobs/in-7", "intake")]
    [InlineData("GET", "/v1/jobs/ti-7", "ticketing")]
    [InlineData("GET", "/v1/jobs/su-7", "survey")]
    [InlineData("GET", "/v1/jobs/an-7", "analytics")]
    [InlineData("GET", "/v1/admin/ticketing/dead-letters", "ticketing")]
    [InlineData("POST", "/v1/admin/survey/dead-letters:replay", "survey")]
    [InlineData("POST", "/v1/admin/analytics/rebuild", "analytics")]
    [InlineData("GET", "/v1/admin/notifications/dead-letters/7", "notifications")]
    public async Task Each_path_goes_to_its_owner(string method, string path, string owner)
    {
        await using var backend = await Backend.Start(owner);
        await using var gate = new Gate(null, (owner, [backend.Address]));
        var token = TestTokens.For("someone", AllRoles);
        (await (await gate.Send(method, path, token)).Text()).ShouldBe(owner);
        backend.Seen.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/nothing")]
    [InlineData("/v2/requests")]
    [InlineData("/v1/jobs/xx-1")]
    [InlineData("/v1/admin/nobody/dead-letters")]
    [InlineData("/internal/customers/1")]
    [InlineData("/v1/requests/../../etc/passwd")]
    [InlineData("/swagger")]
    [InlineData("/.env")]
    [InlineData("/openapi/v1.json")]
    public async Task An_unknown_path_is_404_whoever_asks(string path)
    {
        var anonymous =
            path.StartsWith("/v1/jobs", StringComparison.Ordinal)
            || path.StartsWith("/v1/admin", StringComparison.Ordinal);
        foreach (
            var token in (string?[])
                [
                    anonymous ? whole.TokenOf("admin") : null,
                    anonymous ? whole.TokenOf("admin") : "garbage",
                    whole.TokenOf("admin"),
                ]
        )
            await (await whole.Gate.Send("GET", path, token)).Problem(404, "not_found");
    }

    [Fact]
    public async Task What_services_say_to_each_other_does_not_exist_at_the_door()
    {
        var rows = Access.Table.Rows.Except(Access.Public.Rows).ToList();
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => row.Roles.SequenceEqual(new[] { Roles.Service }));
        foreach (var row in rows)
        {
            var path = row.Path.Replace("{number}", "R26-0000001").Replace("{id}", "1");
            (await whole.Status(row.Method, path, null)).ShouldBe(HttpStatusCode.NotFound, path);
            (await whole.Status(row.Method, path, whole.TokenOf("service"))).ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Theory]
    [InlineData("DELETE", "/v1/requests", "GET, POST")]
    [InlineData("TRACE", "/v1/requests", "GET, POST")]
    [InlineData("OPTIONS", "/v1/tickets/1", "GET, PATCH")]
    [InlineData("POST", "/livez", "GET")]
    public async Task A_method_that_a_path_does_not_know_is_405(string method, string path, string allowed)
    {
        var answer = await whole.Gate.Send(method, path, whole.TokenOf("admin"));
        await answer.Problem(405, "method_not_allowed");
        string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)).ShouldBe(allowed);
    }

    [Fact]
    public async Task A_forged_or_expired_token_stops_at_the_door()
    {
        whole.Backend.Seen.Clear();
        foreach (
            var token in (string[])
                [TestTokens.Forged("li.wei", ["agent"]), TestTokens.Expired("li.wei", ["agent"]), "a.b.c"]
        )
        {
            var answer = await whole.Gate.Send("GET", "/v1/tickets", token);
            await answer.Problem(401, "unauthenticated");
            answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        }
        whole.Backend.Seen.ShouldNotContain(s => s.Path == "/v1/tickets");
    }

    private static IEnumerable<string> Concrete(string pattern)
    {
        var concrete = string.Join(
            '/',
            pattern
                .Split('/')
                .Select(s => s.StartsWith('{') ? "x" + s[(s.IndexOf('}', StringComparison.Ordinal) + 1)..] : s)
        );
        if (pattern == "/v1/jobs/{id}")
            return ["/v1/jobs/in-x", "/v1/jobs/an-x"];
        return pattern.Contains("{service}", StringComparison.Ordinal)
            ? [concrete.Replace("/admin/x/", "/admin/intake/"), concrete.Replace("/admin/x/", "/admin/notifications/")]
            : [concrete];
    }

    public sealed class Whole : IAsyncLifetime
    {
        private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

        internal Gate Gate { get; private set; } = null!;

        internal Backend Backend { get; private set; } = null!;

        public string TokenOf(string role)
        {
            if (!tokens.TryGetValue(role, out var token))
                tokens[role] = token = TestTokens.For($"a-{role}", [role]);
            return token;
        }

        public async Task<HttpStatusCode> Status(string method, string path, string? token)
        {
            using var answer = await Gate.Send(method, path, token);
            return answer.StatusCode;
        }

        public async ValueTask InitializeAsync()
        {
            Backend = await Backend.Start("all");
            Gate = Gate.Before(Backend, Limits.None);
        }

        public async ValueTask DisposeAsync()
        {
            await Gate.DisposeAsync();
            await Backend.DisposeAsync();
        }
    }
}

internal static class Limits
{
    public static readonly Dictionary<string, string?> None = Of(1e6, 1e6, 1e6, 1e6);

    public static Dictionary<string, string?> Of(
        double client,
        double clientBurst,
        double address,
        double addressBurst
    ) =>
        new(StringComparer.Ordinal)
        {
            ["RateLimits:PerClient:PerSecond"] = $"{client}",
            ["RateLimits:PerClient:Burst"] = $"{clientBurst}",
            ["RateLimits:PerAddress:PerSecond"] = $"{address}",
            ["RateLimits:PerAddress:Burst"] = $"{addressBurst}",
        };
}
