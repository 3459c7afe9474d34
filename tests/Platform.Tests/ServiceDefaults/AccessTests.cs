using System.Net;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Builder;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class AccessTests(AccessTests.WholeApi api) : IClassFixture<AccessTests.WholeApi>
{
    private static readonly string[] AllRoles =
    [
        Roles.Integration,
        Roles.Agent,
        Roles.Lead,
        Roles.Manager,
        Roles.Duty,
        Roles.Department,
        Roles.Interviewer,
        Roles.Analyst,
        Roles.Admin,
        Roles.Service,
    ];

    public static TheoryData<string, string> Rows => [.. Access.Table.Rows.Select(r => (r.Method, r.Path))];

    [Theory, MemberData(nameof(Rows))]
    public async Task Each_row_lets_in_whom_it_names_and_nobody_else(string method, string pattern)
    {
        var row = Access.Table.Rows.Single(r => r.Method == method && r.Path == pattern);
        var path = WholeApi.Concrete(pattern);

        (await api.Status(method, path, token: null)).ShouldBe(
            row.IsAnonymous ? HttpStatusCode.OK : HttpStatusCode.Unauthorized
        );
        (await api.Status(method, path, api.TokenOf("nobody"))).ShouldBe(
            row.IsAnonymous ? HttpStatusCode.OK : HttpStatusCode.Forbidden
        );
        foreach (var role in AllRoles)
        {
            var allowed = row.IsAnonymous || row.Roles.Contains(role);
            (await api.Status(method, path, api.TokenOf(role))).ShouldBe(
                allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
                role
            );
        }
    }

    [Fact]
    public void These_routes_and_no_others_are_open_to_anyone() =>
        Access
            .Table.Rows.Where(r => r.IsAnonymous)
            .Select(r => $"{r.Method} {r.Path}")
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "GET /dashboard/{**page}",
                "GET /docs/{**page}",
                "GET /livez",
                "GET /openapi.json",
                "GET /openapi/{document}.json",
                "GET /readyz",
                "GET /s/{**page}",
                "GET /startupz",
                "GET /status/{token}",
                "GET /v1/store-links/{id}.svg",
                "GET /v1/survey-links/{token}",
                "POST /s/{token}",
                "POST /status/{token}/confirmation",
                "POST /status/{token}/messages",
                "POST /v1/survey-links/{token}/response",
                "PUT /v1/survey-links/{token}/answers",
            ]);

    [Theory]
    [InlineData("POST", "/v1/requests", "agent integration")]
    [InlineData("GET", "/v1/tickets/R26-0000001", "agent duty integration lead manager")]
    [InlineData("GET", "/v1/tickets/R26-0000001/sla/explain", "agent duty integration lead manager")]
    [InlineData("POST", "/v1/tickets/R26-0000001/resolutions", "agent duty lead manager")]
    [InlineData("PATCH", "/v1/tickets/R26-0000001", "agent duty lead manager")]
    [InlineData("PUT", "/v1/sla/policies/default", "admin")]
    [InlineData("GET", "/v1/invitations", "agent analyst integration")]
    [InlineData("GET", "/v1/responses", "analyst")]
    [InlineData("POST", "/v1/questionnaires", "admin lead")]
    [InlineData("GET", "/v1/loops/R26-0000001", "analyst integration manager")]
    [InlineData("POST", "/v1/admin/intake/dead-letters:replay", "admin")]
    [InlineData("POST", "/v1/admin/analytics/rebuild", "admin")]
    public void The_roles_that_the_API_page_names_are_those_of_the_table(string method, string path, string roles) =>
        string.Join(' ', Access.Table.Find(method, path, out _).ShouldNotBeNull().Roles.Order(StringComparer.Ordinal))
            .ShouldBe(roles);

    [Theory]
    [InlineData("GET", "/v1/customers/C-77", "/v1/customers/{externalId}")]
    [InlineData("POST", "/v1/customers:batch", "/v1/customers:batch")]
    [InlineData("get", "/V1/Customers/C-77/", "/v1/customers/{externalId}")]
    [InlineData("HEAD", "/s/abc", "/s/{**page}")]
    [InlineData("GET", "/v1/store-links/7.SVG", "/v1/store-links/{id}.svg")]
    [InlineData("GET", "/dashboard", "/dashboard/{**page}")]
    [InlineData("GET", "/dashboard/a/b/c/d/e/f/g/h", "/dashboard/{**page}")]
    [InlineData("GET", "/v1/admin/intake/dead-letters/{id:guid}", "/v1/admin/{service}/dead-letters/{id}")]
    public void A_path_finds_its_row(string method, string path, string row) =>
        Access.Table.Find(method, path, out _).ShouldNotBeNull().Path.ShouldBe(row);

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "")]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v1/requests/a/b")]
    [InlineData("GET", "/v1/requests//")]
    [InlineData("GET", "/v1//requests")]
    [InlineData("GET", "/v2/requests")]
    [InlineData("GET", "/v1/store-links/7.png")]
    [InlineData("POST", "/v1/customers:drop")]
    public void Any_other_path_has_none(string method, string path) =>
        Access.Table.Find(method, path, out var otherMethods).ShouldBeNull(otherMethods.ToString());

    [Fact]
    public void A_known_path_tells_which_methods_it_answers()
    {
        Access.Table.Find("DELETE", "/v1/requests", out var otherMethods).ShouldBeNull();
        otherMethods.ShouldBeTrue();
        Access.Table.MethodsOf("/v1/requests").Order(StringComparer.Ordinal).ShouldBe(["GET", "POST"]);
    }

    [Fact]
    public void No_path_and_method_stands_twice() =>
        Access
            .Table.Rows.GroupBy(r => $"{r.Method} {r.Path}")
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ShouldBeEmpty();

    [Fact]
    public async Task A_host_with_an_endpoint_that_has_no_row_does_not_start()
    {
        var start = TinyHost.Start(app => app.MapPost("/v1/back-door", () => "open"));

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("POST /v1/back-door");
    }

    [Fact]
    public async Task An_unknown_path_is_404_and_a_known_one_with_another_method_405_whoever_asks()
    {
        foreach (var token in (string?[])[null, "garbage", api.TokenOf("agent")])
        {
            await (await api.Host.Send("GET", "/v1/nothing", token)).Problem(404, "not_found");
            var answer = await api.Host.Send("DELETE", "/v1/requests", token);
            await answer.Problem(405, "method_not_allowed");
            answer.Content.Headers.Allow.Order(StringComparer.Ordinal).ShouldBe(["GET", "POST"]);
        }
    }

    [Fact]
    public async Task A_header_that_only_a_proxy_may_set_makes_nobody_known()
    {
        var answer = await api.Host.Send(
            "GET",
            "/v1/tickets",
            null,
            null,
            ("X-User", "li.wei"),
            ("X-Roles", "agent"),
            ("X-Forwarded-User", "li.wei")
        );

        await answer.Problem(401, "unauthenticated");
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    /// <summary>Every row of the table as an endpoint that answers 200.</summary>
    public sealed class WholeApi : IAsyncLifetime
    {
        private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

        internal TinyHost Host { get; private set; } = null!;

        public static string Concrete(string pattern) =>
            string.Join(
                '/',
                pattern
                    .Split('/')
                    .Select(s => s.StartsWith('{') ? "x" + s[(s.IndexOf('}', StringComparison.Ordinal) + 1)..] : s)
            );

        public string TokenOf(string role)
        {
            if (!tokens.TryGetValue(role, out var token))
                tokens[role] = token = Issuer.Token(Issuer.Claims("someone", role));
            return token;
        }

        public async Task<HttpStatusCode> Status(string method, string path, string? token)
        {
            using var answer = await Host.Send(method, path, token);
            return answer.StatusCode;
        }

        public async ValueTask InitializeAsync() =>
            Host = await TinyHost.Start(app =>
            {
                foreach (
                    var row in Access.Table.Rows.Where(r =>
                        r.Path is not ("/livez" or "/readyz" or "/startupz" or "/openapi/{document}.json")
                    )
                )
                    app.MapMethods(row.Path, [row.Method], () => "ok");
                app.MapGet("/openapi/x.json", () => "ok");
            });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
