using Npgsql;
using NpgsqlTypes;

namespace CustomerFeedback.Intake.Data;

/// <summary>Many rows of one table in one statement: each column travels as one array and is unnested there.</summary>
internal sealed class BulkInsert<TRow>
{
    private readonly Column<TRow>[] columns;

    public BulkInsert(string table, params Column<TRow>[] columns)
    {
        this.columns = columns;
        Names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        // Unnested in the select list, not in FROM: there every array would first be copied into a store of its own.
        Rows =
            "SELECT " + string.Join(", ", columns.Select((c, i) => $"unnest(${i + 1}::{c.SqlType}[]) AS \"{c.Name}\""));
        Sql = $"INSERT INTO {table} ({Names}) {Rows}";
    }

    public string Sql { get; }

    public string Names { get; }

    /// <summary>The rows as a query.</summary>
    public string Rows { get; }

    public NpgsqlBatchCommand For(IReadOnlyList<TRow> rows, string? sql = null)
    {
        var command = new NpgsqlBatchCommand(sql ?? Sql);
        foreach (var column in columns)
            command.Parameters.Add(column.Values(rows));
        return command;
    }
}

/// <summary>A column and how its value is read off a row.</summary>
internal abstract record Column<TRow>(string Name, string SqlType)
{
    public abstract NpgsqlParameter Values(IReadOnlyList<TRow> rows);

    public static Column<TRow> Id(string name, Func<TRow, Guid> read) =>
        new Of<Guid>(name, "uuid", NpgsqlDbType.Uuid, read);

    public static Column<TRow> Text(string name, Func<TRow, string?> read) =>
        new Of<string?>(name, "text", NpgsqlDbType.Text, read);

    public static Column<TRow> Json(string name, Func<TRow, string> read) =>
        new Of<string>(name, "jsonb", NpgsqlDbType.Jsonb, read);

    public static Column<TRow> Bytes(string name, Func<TRow, byte[]?> read) =>
        new Of<byte[]?>(name, "bytea", NpgsqlDbType.Bytea, read);

    public static Column<TRow> Number(string name, Func<TRow, int> read) =>
        new Of<int>(name, "integer", NpgsqlDbType.Integer, read);

    public static Column<TRow> Small(string name, Func<TRow, short?> read) =>
        new Of<short?>(name, "smallint", NpgsqlDbType.Smallint, read);

    public static Column<TRow> Real(string name, Func<TRow, double> read) =>
        new Of<double>(name, "double precision", NpgsqlDbType.Double, read);

    public static Column<TRow> Instant(string name, Func<TRow, DateTimeOffset> read) =>
        new Of<DateTime>(name, "timestamptz", NpgsqlDbType.TimestampTz, row => read(row).UtcDateTime);

    private sealed record Of<TValue>(string Name, string SqlType, NpgsqlDbType Type, Func<TRow, TValue> Read)
        : Column<TRow>(Name, SqlType)
    {
        public override NpgsqlParameter Values(IReadOnlyList<TRow> rows)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = Read(rows[i]);
#pragma warning disable S3265 // not marked as flags, but this is how Npgsql writes "array of"
            return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | Type };
#pragma warning restore S3265
        }
    }
}
