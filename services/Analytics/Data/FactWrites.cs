using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace CustomerFeedback.Analytics.Data;

/// <summary>Writes many rows of a table at once: by one statement over what is there, or by COPY into an empty table.</summary>
/// <remarks>Columns come from EF's model, so that there is one description of the tables; the schema is named, because a rebuild writes beside the real one.</remarks>
internal sealed class FactWrites
{
    private readonly string _table;
    private readonly List<Column> _columns;
    private readonly string _names;
    private readonly string _upsert;

    private sealed record Column(
        string Name,
        string StoreType,
        Type ElementType,
        bool IsKey,
        Func<object, object?> ValueOf
    );

    public FactWrites(IEntityType type)
    {
        _table = type.GetTableName()!;
        _columns = [.. type.GetProperties().Select(Of)];
        _names = string.Join(", ", _columns.Select(column => column.Name));
        var isRollup = type.ClrType == typeof(RollupRow);
        var changes = _columns
            .Where(column => !column.IsKey)
            .Select(column => $"{column.Name} = {(isRollup ? $"old.{column.Name} + " : "")}excluded.{column.Name}");
        _upsert =
            $"SELECT {string.Join(", ", _columns.Select(column => $"{column.Name}::{column.StoreType}"))} FROM unnest("
            + $"{string.Join(", ", _columns.Select((column, at) => $"${at + 1}::{ElementOf(column)}[]"))}) AS r ({_names}) "
            + $"ON CONFLICT ({string.Join(", ", _columns.Where(column => column.IsKey).Select(column => column.Name))}) "
            + $"DO UPDATE SET {string.Join(", ", changes)}";
    }

    /// <summary>Adds the rows, and where one is there already replaces it; rollups are added up.</summary>
    public NpgsqlBatchCommand Upsert<T>(string schema, IReadOnlyCollection<T> rows)
        where T : class
    {
        var command = new NpgsqlBatchCommand($"INSERT INTO {schema}.{_table} AS old ({_names}) {_upsert}");
        foreach (var column in _columns)
        {
            var values = Array.CreateInstance(column.ElementType, rows.Count);
            var at = 0;
            foreach (var row in rows)
                values.SetValue(column.ValueOf(row) is string[] words ? Literal(words) : column.ValueOf(row), at++);
            command.Parameters.Add(new NpgsqlParameter { Value = values });
        }

        return command;
    }

    /// <summary>Rows of which none is there yet.</summary>
    public async Task Copy<T>(NpgsqlConnection connection, string schema, IEnumerable<T> rows, CancellationToken ct)
        where T : class
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {schema}.{_table} ({_names}) FROM STDIN (FORMAT BINARY)",
            ct
        );
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in _columns)
            {
                if (column.ValueOf(row) is { } value)
                    await copy.WriteAsync(value, column.StoreType, ct);
                else
                    await copy.WriteNullAsync(ct);
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static Column Of(IProperty property)
    {
        var type = property.ClrType;
        var element =
            type == typeof(string[]) ? typeof(string)
            : type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type)
            : type;
        var member = property.PropertyInfo!;
        var store = property.ClrType == typeof(decimal) ? "numeric" : property.GetColumnType();
        return new(property.GetColumnName(), store, element, property.IsPrimaryKey(), member.GetValue);
    }

    // An array of arrays must be a rectangle, so lists of words travel as their text.
    private static string ElementOf(Column column) => column.StoreType == "text[]" ? "text" : column.StoreType;

    private static string Literal(string[] words) =>
        "{" + string.Join(',', words.Select(w => $"\"{w.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"")) + "}";
}
