using CustomerFeedback.Settings;
using CustomerFeedback.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>What every host has, in two lines of its Program.cs.</summary>
public static class HostDefaults
{
    public const int BodyLimit = 64 * 1024;

    public static void AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.AddSecretFiles();
        builder.AddTelemetry(service);
        builder.Services.AddProbes();
        builder.AddLogLevels(service);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(o => StrictJson.Apply(o.SerializerOptions));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(Access.Table);
        Tokens.Add(builder.Services);
        builder.Services.AddSingleton<AccessCheck>();
        builder.Services.AddHostedService(s => s.GetRequiredService<AccessCheck>());
        builder.Services.AddSettings<DrainOptions>("Drain");
        builder.Services.AddSingleton<Lifecycle>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Lifecycle>());
        builder.Services.AddOpenApiDocument(service);
    }

    /// <summary>The gateway hands in its <paramref name="gate"/>: it stands where the caller is known and not yet let in, and finds the row by path.</summary>
    public static void UseServiceDefaults(this WebApplication app, Action<IApplicationBuilder>? gate = null)
    {
        app.Services.CheckSettings();
        app.UseMiddleware<EveryAnswer>();
        app.UseRouting();
        app.Use(RestoreSlashes);
        app.UseMiddleware<Authenticate>();
        gate?.Invoke(app);
        app.UseMiddleware<Authorize>();
        app.MapHealth();
        app.MapLogLevel();
        if (gate is not null)
            return;
        app.MapOpenApi().ExcludeFromDescription();
        app.Services.GetRequiredService<AccessCheck>().Sources = ((IEndpointRouteBuilder)app).DataSources;
    }

    /// <summary>Routing leaves an escaped slash as it is, and ids of other systems hold slashes.</summary>
    private static Task RestoreSlashes(HttpContext http, RequestDelegate next)
    {
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (value is string text && text.Contains("%2F", StringComparison.OrdinalIgnoreCase))
                http.Request.RouteValues[name] = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        }
        return next(http);
    }
}
