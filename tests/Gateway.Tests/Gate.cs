using System.Net.Http.Headers;
using System.Text.Json;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Gateway.Tests;

/// <summary>The real gateway on a real port in front of backends of the test; a cluster without one points to nowhere.</summary>
internal sealed class Gate : WebApplicationFactory<Edge>
{
    private static readonly string[] Clusters = ["intake", "ticketing", "survey", "analytics", "notifications"];
    private readonly Dictionary<string, string?> settings;
    private readonly NameLookup? names;

    public Gate(
        IReadOnlyDictionary<string, string?>? settings = null,
        params (string Cluster, string[] Addresses)[] replicas
    )
        : this(settings, null, replicas) { }

    /// <param name="names">In place of the machine's own look-up of names.</param>
    public Gate(
        IReadOnlyDictionary<string, string?>? settings,
        NameLookup? names,
        params (string Cluster, string[] Addresses)[] replicas
    )
    {
        this.names = names;
        this.settings = new(
            settings ?? new Dictionary<string, string?>(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        foreach (var cluster in Clusters)
        {
            var addresses = replicas
                .Where(r => r.Cluster == cluster)
                .SelectMany(r => r.Addresses)
                .DefaultIfEmpty(Backend.Nowhere());
            foreach (var (address, i) in addresses.Select((a, i) => (a, i)))
                this.settings[$"ReverseProxy:Clusters:{cluster}:Destinations:d{i}:Address"] = address;
        }
        UseKestrel(0);
        StartServer();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = ClientOptions.BaseAddress,
        };
    }

    public HttpClient Client { get; }

    /// <summary>In front of one backend that plays all five services.</summary>
    public static Gate Before(Backend backend, IReadOnlyDictionary<string, string?>? settings = null) =>
        new(settings, [.. Clusters.Select(c => (c, new[] { backend.Address }))]);

    public async Task<HttpResponseMessage> Send(
        string method,
        string path,
        string? token = null,
        HttpContent? body = null,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (name, value) in TestTokens.Configuration)
            builder.UseSetting(name, value);
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
        if (names is not null)
            builder.ConfigureTestServices(services => services.AddSingleton(names));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Client.Dispose();
        base.Dispose(disposing);
    }
}

internal static class Answers
{
    public static async Task<JsonElement> Problem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("errors").ValueKind.ShouldBe(JsonValueKind.Array);
        foreach (var secret in (string[])["127.0.0.1", "Exception", "   at "])
            text.ShouldNotContain(secret);
        answer.Headers.Contains("Retry-After").ShouldBe(code is "rate_limited" or "unavailable");
        return problem;
    }

    public static Task<string> Text(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();
}
