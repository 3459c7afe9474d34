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
    public NpgsqlDataSource Source { get; } =
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(servers.Value.Address)
            {
                ApplicationName = "intake accept",
                MaxPoolSize = options.Value.Writers + 1,
                MaxAutoPrepare = 64,
                AutoPrepareMinUsages = 2,
                Timeout = (int)Math.Ceiling(options.Value.AcceptDeadline.TotalSeconds),
                CommandTimeout = (int)Math.Ceiling(options.Value.AcceptDeadline.TotalSeconds),
                Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off",
            }
        );

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
