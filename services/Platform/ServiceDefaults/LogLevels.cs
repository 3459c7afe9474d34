using CustomerFeedback.ApiDocs;
using CustomerFeedback.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>
/// The levels that an administrator has set while the host runs: of this process only, gone with it, and stronger than the configuration.
/// </summary>
internal sealed class LogLevels(string service)
    : IPostConfigureOptions<LoggerFilterOptions>,
        IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, LogLevel> set = new(StringComparer.OrdinalIgnoreCase);
    private ConfigurationReloadToken changed = new();

    public string Service => service;

    string IOptionsChangeTokenSource<LoggerFilterOptions>.Name => Options.DefaultName;

    IChangeToken IOptionsChangeTokenSource<LoggerFilterOptions>.GetChangeToken() => changed;

    /// <param name="category">As <c>CustomerFeedback.Ticketing</c>; empty for everything that has no level of its own.</param>
    public void Set(string category, LogLevel level)
    {
        lock (guard)
            set[category] = level;
        Interlocked.Exchange(ref changed, new()).OnReload();
    }

    // Last, so that among equally precise rules these win.
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        lock (guard)
        {
            foreach (var (category, level) in set)
                options.Rules.Add(new LoggerFilterRule(null, category.Length == 0 ? null : category, level, null));
        }
    }
}

/// <summary>Sets how much a host says, under way.</summary>
internal static class SetLogLevel
{
    /// <summary>The new level; without a category of everything that has none of its own.</summary>
    internal sealed record Input(string? Level, string? Category = null);

    public static void AddLogLevels(this IHostApplicationBuilder builder, string service)
    {
        var levels = new LogLevels(service);
        builder.Services.AddSingleton(levels);
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(levels);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
    }

    public static void MapLogLevel(this WebApplication app) =>
        app.MapPut($"/v1/admin/{app.Services.GetRequiredService<LogLevels>().Service}/log-level", Handle)
            .WithName(nameof(SetLogLevel))
            .WithSummary("Set the log level of the answering replica until it stops.")
            .Produces<Input>()
            .Refuses(StatusCodes.Status422UnprocessableEntity, "would_tell_links");

    private static IResult Handle(Input input, LogLevels levels)
    {
        // By name only: a number is a level to the parser, and a riddle to everybody else.
        if (!Enum.GetNames<LogLevel>().Contains(input.Level, StringComparer.OrdinalIgnoreCase))
            return Problem.Malformed(
                new FieldError("/level", "unknown_value", $"One of {string.Join(", ", Enum.GetNames<LogLevel>())}.")
            );
        var level = Enum.Parse<LogLevel>(input.Level!, ignoreCase: true);
        if (level < LogLevel.Warning && TelemetryHost.IsTalkative(input.Category))
            return Problem.Refused(
                StatusCodes.Status422UnprocessableEntity,
                "would_tell_links",
                "Its lines hold paths and statements, and with them customers' links and data."
            );
        levels.Set(input.Category ?? "", level);
        return TypedResults.Ok(new Input(level.ToString(), input.Category));
    }
}
