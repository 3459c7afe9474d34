using CustomerFeedback.Messaging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerFeedback.Intake.Data;

/// <summary>
/// The connections that accept requests: few, with prepared statements and plans that hold from the first row to the
/// billionth. (A table that was empty when a statement was planned would be scanned until the next ANALYZE.)
/// </summary>
internal sealed class AcceptDatabase(IOptions<ConnectionOptions> servers, IOptions<IntakeOptions> options)
    : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(Settings(servers.Value, options.Value));

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static NpgsqlConnectionStringBuilder Settings(ConnectionOptions servers, IntakeOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(servers.Address)
        {
            ApplicationName = "intake accept",
            MaxPoolSize = options.Writers + 1,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            Timeout = (int)Math.Ceiling(options.AcceptDeadline.TotalSeconds),
            CommandTimeout = (int)Math.Ceiling(options.AcceptDeadline.TotalSeconds),
        };
        settings.Options += " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";
        return settings;
    }
}
