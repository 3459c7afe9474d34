using System.Net.Http.Headers;
using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

/// <summary>A host with nothing but the defaults and the endpoints of a test, on a real port.</summary>
internal sealed class TinyHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private TinyHost(WebApplication app, Issuer issuer)
    {
        this.app = app;
        Issuer = issuer;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public Issuer Issuer { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public static WebApplicationBuilder Builder(Issuer issuer, IEnumerable<AccessRow>? rows = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Auth:Issuer"] = "https://issuer.test",
                ["Auth:Audience"] = "customerfeedback",
                ["Auth:Jwks"] = issuer.JwksPath,
            }
        );
        builder.Services.AddSingleton(new AccessTable([.. Access.Table.Rows, .. rows ?? []]));
        builder.AddServiceDefaults("tiny");
        return builder;
    }

    public static async Task<TinyHost> Start(
        Action<WebApplication> map,
        IEnumerable<AccessRow>? rows = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var issuer = new Issuer();
        var builder = Builder(issuer, rows);
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        configure?.Invoke(builder);
        var host = builder.Build();
        host.UseServiceDefaults();
        map(host);
        await host.StartAsync();
        return new TinyHost(host, issuer);
    }

    public Task<HttpResponseMessage> Send(
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
        return Client.SendAsync(request);
    }

    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Issuer.Dispose();
    }
}

internal static class Answers
{
    /// <summary>The problem of an answer, its shape asserted.</summary>
    public static async Task<JsonElement> Problem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("traceId").GetString().ShouldNotBeNull().Length.ShouldBe(32);
        problem.GetProperty("errors").ValueKind.ShouldBe(JsonValueKind.Array);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        return problem;
    }

    /// <summary>The one error of a problem.</summary>
    public static (string? Pointer, string? Code) OnlyError(this JsonElement problem)
    {
        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        return (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString());
    }
}
