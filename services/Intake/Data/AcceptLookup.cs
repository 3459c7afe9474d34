using System.Text.Json;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Messaging;
using Npgsql;

namespace CustomerFeedback.Intake.Data;

/// <summary>A client's own name for a request.</summary>
internal readonly record struct NaturalKey(string Client, string Source, string ExternalId);

/// <summary>A request that was stored before, as far as its answer needs it.</summary>
internal sealed record FirstRequest(
    Guid Id,
    string Number,
    DateTimeOffset ReceivedAt,
    DateTimeOffset RecordedAt,
    IReadOnlyList<PromisedTime> Promises,
    byte[] ContentHash
);

/// <summary>What a batch asks the database before it decides.</summary>
internal sealed class AcceptQuestions
{
    public int Numbers { get; init; }

    /// <summary>Customers that are found are held until the end of the transaction: who lost a race waits for the winner, and does not lose again.</summary>
    public bool TakesTurns { get; init; }
    public List<IdempotencyKey> Keys { get; } = [];
    public List<NaturalKey> NaturalKeys { get; } = [];
    public List<Guid> Ids { get; } = [];
    public List<string> ExternalIds { get; } = [];
    public List<byte[]> Phones { get; } = [];
    public List<byte[]> Emails { get; } = [];
}

/// <summary>What the database knows that a batch has to do with.</summary>
internal sealed class AcceptKnowledge
{
    public long Revision { get; set; }
    public Queue<long> Numbers { get; } = [];

    /// <summary>Locks this transaction did not get: those keys are in flight elsewhere.</summary>
    public HashSet<long> Busy { get; } = [];

    /// <summary>First answers by the key's id in hexadecimal.</summary>
    public Dictionary<string, StoredAnswer> Keys { get; } = new(StringComparer.Ordinal);
    public Dictionary<NaturalKey, FirstRequest> Requests { get; } = [];
    public Dictionary<Guid, CustomerRow> Customers { get; } = [];
}

/// <summary>Everything a batch of requests needs to know, in one round trip.</summary>
internal static class AcceptLookup
{
    private const string TakeNumbers = "SELECT nextval('request_numbers') FROM generate_series(1, $1)";

    // One look-up in the unique index per key. A plain join may be planned as a walk over all that the client ever brought.
    private const string FindRequests =
        "SELECT r.recorded_by, r.source, r.external_id, r.id, r.number, r.received_at, r.recorded_at, r.promises::text, "
        + "r.content_hash FROM unnest($1::text[], $2::text[], $3::text[]) AS k (client, source, external_id), LATERAL "
        + "(SELECT * FROM requests WHERE recorded_by = k.client AND source = k.source AND external_id = k.external_id "
        + "LIMIT 1) AS r";

    private static readonly string FindCustomers = $"SELECT {AcceptSql.Customers.Names} FROM customers WHERE ";

    public static async Task<AcceptKnowledge> Ask(
        NpgsqlConnection connection,
        AcceptQuestions ask,
        CancellationToken ct
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        var readers = new List<Action<NpgsqlDataReader, AcceptKnowledge>>(8);

        Add(RuleBook.ReadRevision, (reader, known) => known.Revision = reader.GetInt64(0));
        Add(
            TakeNumbers,
            (reader, known) => known.Numbers.Enqueue(reader.GetInt64(0)),
            new NpgsqlParameter<int> { TypedValue = ask.Numbers }
        );
        if (ask.Keys.Count > 0)
        {
            // Two statements: the second sees what was committed before the locks were free.
            Add(IdempotencyKey.LockSql, ReadLock, Array(ask.Keys.ConvertAll(key => key.Lock).Order().ToList()));
            Add(StoredAnswer.FindSql, ReadKey, Array(ask.Keys.ConvertAll(key => key.Id)));
        }

        if (ask.NaturalKeys.Count > 0)
        {
            Add(
                FindRequests,
                ReadRequest,
                Array(ask.NaturalKeys.ConvertAll(key => key.Client)),
                Array(ask.NaturalKeys.ConvertAll(key => key.Source)),
                Array(ask.NaturalKeys.ConvertAll(key => key.ExternalId))
            );
        }

        var turn = ask.TakesTurns ? " ORDER BY id FOR UPDATE" : "";
        if (ask.Ids.Count > 0)
            Add(FindCustomers + "id = ANY ($1)" + turn, ReadCustomer, Array(ask.Ids));
        if (ask.ExternalIds.Count > 0)
            Add(FindCustomers + "external_id = ANY ($1)" + turn, ReadCustomer, Array(ask.ExternalIds));
        if (ask.Phones.Count > 0)
            Add(FindCustomers + "phone_index = ANY ($1)" + turn, ReadCustomer, Array(ask.Phones));
        if (ask.Emails.Count > 0)
            Add(FindCustomers + "email_index = ANY ($1)" + turn, ReadCustomer, Array(ask.Emails));

        var knowledge = new AcceptKnowledge();
        await using var results = await batch.ExecuteReaderAsync(ct);
        foreach (var read in readers)
        {
            while (await results.ReadAsync(ct))
                read(results, knowledge);
            await results.NextResultAsync(ct);
        }

        return knowledge;

        void Add(
            string sql,
            Action<NpgsqlDataReader, AcceptKnowledge> read,
            params ReadOnlySpan<NpgsqlParameter> parameters
        )
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
            readers.Add(read);
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(List<T> values) =>
        new NpgsqlParameter<T[]> { TypedValue = [.. values] };

    private static void ReadLock(NpgsqlDataReader reader, AcceptKnowledge known)
    {
        if (!reader.GetBoolean(1))
            known.Busy.Add(reader.GetInt64(0));
    }

    private static void ReadKey(NpgsqlDataReader reader, AcceptKnowledge known)
    {
        var answer = new StoredAnswer
        {
            Id = reader.GetFieldValue<byte[]>(0),
            RequestHash = reader.GetFieldValue<byte[]>(1),
            Status = reader.GetInt32(2),
            Headers = reader.GetString(3),
            Body = reader.GetFieldValue<byte[]>(4),
        };
        known.Keys[Convert.ToHexString(answer.Id)] = answer;
    }

    private static void ReadRequest(NpgsqlDataReader reader, AcceptKnowledge known) =>
        known.Requests[new(reader.GetString(0), reader.GetString(1), reader.GetString(2))] = new(
            reader.GetGuid(3),
            reader.GetString(4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            JsonSerializer.Deserialize<IReadOnlyList<PromisedTime>>(reader.GetString(7), StoredJson.Options)!,
            reader.GetFieldValue<byte[]>(8)
        );

    // In the order of AcceptSql.Customers.
    private static void ReadCustomer(NpgsqlDataReader reader, AcceptKnowledge known) =>
        known.Customers[reader.GetGuid(0)] = new()
        {
            Id = reader.GetGuid(0),
            ExternalId = Nullable<string>(reader, 1),
            Type = Word<CustomerType>.Parse(reader.GetString(2)),
            Segment = Word<Segment>.Parse(reader.GetString(3)),
            Language = reader.GetString(4),
            PreferredChannel = Word<Channel>.ParseOrNull(Nullable<string>(reader, 5)),
            Name = Nullable<byte[]>(reader, 6),
            Company = Nullable<byte[]>(reader, 7),
            Phone = Nullable<byte[]>(reader, 8),
            Email = Nullable<byte[]>(reader, 9),
            PhoneIndex = Nullable<byte[]>(reader, 10),
            EmailIndex = Nullable<byte[]>(reader, 11),
            MaskedName = Nullable<string>(reader, 12),
            MaskedPhone = Nullable<string>(reader, 13),
            MaskedEmail = Nullable<string>(reader, 14),
            FirstSeenAt = reader.GetFieldValue<DateTimeOffset>(15),
            UpdatedAt = reader.GetFieldValue<DateTimeOffset>(16),
            Version = reader.GetInt32(17),
            EventVersion = reader.GetInt32(18),
            DoNotContact = reader.GetString(19),
        };

    private static T? Nullable<T>(NpgsqlDataReader reader, int column)
        where T : class => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
