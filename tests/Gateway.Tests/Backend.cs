using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Gateway.Tests;

/// <summary>A service behind the gateway: remembers what reached it and answers what the test says.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private WebApplication? app;

    private Backend(string name) => Name = name;

    public string Name { get; }

    public string Address { get; private set; } = "";

    public ConcurrentQueue<(string Method, string Path, IHeaderDictionary Headers, string Body)> Seen { get; } = new();

    /// <summary>What it does instead of answering 200 with its name.</summary>
    public RequestDelegate? Instead { get; set; }

    /// <summary>Its OpenAPI document, or none.</summary>
    public string? Description { get; set; }

    public static async Task<Backend> Start(string name, string address = "http://127.0.0.1:0")
    {
        var backend = new Backend(name);
        await backend.Up(address);
        return backend;
    }

    /// <summary>Gone: nobody listens any more.</summary>
    public async Task Down()
    {
        if (app is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
        app = null;
    }

    /// <summary>Back at the same address.</summary>
    public Task UpAgain() => Up(Address);

    public ValueTask DisposeAsync() => new(Down());

    /// <summary>An address where nobody listens.</summary>
    public static string Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private async Task Up(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(k => (k.AddServerHeader, k.Limits.MaxRequestBodySize) = (false, null));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
        Address = app.Urls.First();
    }

    private async Task Answer(HttpContext http)
    {
        if (http.Request.Path == "/readyz")
            return;
        if (http.Request.Path == "/openapi/v1.json")
        {
            http.Response.StatusCode = Description is null ? 404 : 200;
            await http.Response.WriteAsync(Description ?? "", http.RequestAborted);
            return;
        }
        using var reader = new StreamReader(http.Request.Body);
        Seen.Enqueue(
            (
                http.Request.Method,
                http.Request.Path + http.Request.QueryString,
                // Its own copy: the server uses the dictionary again for the next request.
                new HeaderDictionary(http.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)),
                await reader.ReadToEndAsync(http.RequestAborted)
            )
        );
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        if (Instead is not null)
            await Instead(http);
        else
            await http.Response.WriteAsync(Name, http.RequestAborted);
    }
}
