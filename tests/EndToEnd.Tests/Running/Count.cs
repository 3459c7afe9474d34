using Npgsql;

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>Counts rows where "exactly one" has to be proved.</summary>
internal static class Count
{
    public static Task<long> Tickets(RunningSystem system, IReadOnlyCollection<string> numbers) =>
        Of(system.Database("ticketing"), "SELECT count(*) FROM tickets WHERE number = ANY($1)", numbers);

    public static Task<long> Requests(RunningSystem system, IReadOnlyCollection<string> externalIds) =>
        Of(system.Database("intake"), "SELECT count(*) FROM requests WHERE external_id = ANY($1)", externalIds);

    public static Task<long> Responses(RunningSystem system, string number) =>
        Of(system.Database("survey"), "SELECT count(*) FROM responses WHERE number = ANY($1)", [number]);

    public static Task<long> ResponseFacts(RunningSystem system, string number) =>
        Of(system.Database("analytics"), "SELECT count(*) FROM facts.response_facts WHERE number = ANY($1)", [number]);

    private static async Task<long> Of(string database, string query, IReadOnlyCollection<string> values)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(query);
        command.Parameters.Add(new() { Value = values.ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
