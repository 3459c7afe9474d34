using Npgsql;

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>Counts rows where "exactly one" has to be proved.</summary>
internal static class Count
{
    public static Task<long> Tickets(RunningSystem system, IReadOnlyCollection<string> numbers) =>
        Of(system.Database("ticketing"), "SELECT count(*) FROM tickets WHERE number = ANY($1)", numbers);

    public static Task<long> Requests(RunningSystem system, IReadOnlyCollection<string> externalIds) =>
        Of(system.Database("intake"), "SELECT count(*) FROM requests WHERE external_id = ANY($1)", externalIds);

    private static async Task<long> Of(string database, string query, IReadOnlyCollection<string> values)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(query);
        command.Parameters.Add(new() { Value = values.ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
